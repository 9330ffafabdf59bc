"""What was considered before about the same subject, with why it was decided so: kept for whoever considers them next (S745)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from accounts.models import User
from dvds.models import Application, ForumDecision, Part, Party

MOST = 10


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another consideration about the subject: where it is, how far it came, and the forum’s reasons ("" where none decided)."""

    reference: str
    url: str
    route: str
    state: str
    first_contact_at: datetime
    reasons: str


def earlier_of(case: Any, user: User, at: datetime) -> list[Earlier]:
    """The others about the same subject that this reader may see, newest first. Not one that goes on in this, nor the one in
    which this goes on: who asked in the one stands nowhere in the other. Two queries. Index: considered_person.
    """
    own = Application.objects.visible_to(user).as_at(at).filter(case=case).first()
    if own is None:
        return []
    mine = Party.objects.standing().filter(application=own, part=Part.SUBJECT).values("person")
    named = Party.objects.standing().filter(person__in=mine, part=Part.SUBJECT).values("application")
    decided = ForumDecision.objects.filter(application=OuterRef("pk"), struck_out_at__isnull=True).order_by("-pk")
    rows = Application.objects.visible_to(user).as_at(at).filter(pk__in=named).exclude(pk=own.pk)
    rows = rows.exclude(Q(merged_into=own.pk) | Q(pk=own.merged_into_id or 0))
    rows = rows.annotate(why=Subquery(decided.values("reasons")[:1])).select_related("case")
    return [
        Earlier(
            row.case.reference, row.case.get_absolute_url(), row.get_route_display(), row.get_state_display(),
            row.first_contact_at, row.why or "",
        )
        for row in rows.order_by("-first_contact_at", "-pk")[:MOST]
    ]  # fmt: skip
