"""Records in hand: begun and not sent, newest first, with what sent them back if something did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from accounts.models import User
from cases.models import Incident, Involvement
from people.services import names_for
from supervision.queues.declared import IN_HAND
from workflow.models import Approval

MOST = 25


@dataclass(frozen=True, slots=True)
class InHand:
    """One record that the reader has begun and not sent."""

    reference: str
    url: str
    name: str
    begun_at: datetime
    returned_because: str


def in_hand(user: User) -> list[InHand]:
    """The newest of them, in two queries."""
    back = Approval.objects.filter(subject_type=Incident._meta.label_lower, subject_id=OuterRef("pk"))
    last = back.filter(verdict=Approval.Verdict.RETURNED).order_by("-pk").values("reason")[:1]
    harmed = Involvement.objects.standing().filter(incident=OuterRef("pk"), part=Involvement.Part.VICTIM)
    rows = IN_HAND.rows(user).values(
        "pk", "recorded_at", reference=F("case__reference"), harmed=Subquery(harmed.values("person_id")[:1]),
        returned=Subquery(last),
    )[:MOST]  # fmt: skip
    found = list(rows)
    names = names_for({row["harmed"] for row in found if row["harmed"]}, user)
    return [
        InHand(row["reference"], reverse("record", args=["incident", row["pk"]]), names.get(row["harmed"], ""),
               row["recorded_at"], row["returned"] or "")
        for row in found
    ]  # fmt: skip
