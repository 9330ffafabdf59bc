"""What agencies are asked for a meeting, and when nothing of it is owed any more: heard elsewhere, or not theirs to see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Posting, User, current
from accounts.roles import PARTNERS
from cases.models import NamedGrant, UnitGrant
from marac.models import AgendaCopy, AgendaItem, Meeting, Research
from marac.models.planning import CASE
from workflow import engine

C = AgendaCopy.State
OWED_NO_MORE = "What was still owed is of a case that is not heard here now, or that the agency may not open now."


def asked_of(meeting: Meeting) -> Any:
    """Research that is owed for a meeting: of what stands on its agenda still, by agencies that see the case now. Nothing is
    asked of whoever cannot open it: after a restriction, until the chair lets them in again. Index: agenda_item_once.
    """
    return not_returned(meeting).filter(seen_now())


def not_returned(meeting: Meeting) -> Any:
    """The same, whether the agency sees the case now or not."""
    heard = AgendaItem.objects.standing().filter(meeting=meeting, kind=CASE).order_by().values("subject_id")
    rows = Research.objects.standing().filter(meeting=meeting, referral__in=heard)
    return rows.filter(state=Research.State.ASKED).order_by()


def seen_now() -> Any:
    """Of research: its agency, or somebody of it by name, is let into the case at this moment."""
    named = UnitGrant.objects.filter(
        current("from_at", "until", None), case=OuterRef("case"), unit=OuterRef("agency__unit")
    )
    people = Posting.objects.current().filter(unit=OuterRef(OuterRef("agency__unit")), role__in=PARTNERS).order_by()
    alone = NamedGrant.objects.filter(
        current("from_at", "until", None), content_object=OuterRef("case"), user__in=people.values("user")
    )
    return Exists(named) | Exists(alone)


def step(copy: AgendaCopy, name: str, at: datetime, **said: Any) -> AgendaCopy:
    said.setdefault("reason", "The agenda was sent.")
    kept: AgendaCopy = engine.perform(
        copy, name, by=User.objects.system(), evidence=said, seen=copy.version if copy.pk else None, at=at
    )
    return kept


def answered(research: Research, at: datetime) -> None:
    """One agency has returned one case: its copy is answered once nothing of it is owed any more."""
    copy = AgendaCopy.objects.filter(meeting=research.meeting_id, agency=research.agency_id, state=C.SENT).first()
    if copy and not asked_of(copy.meeting).filter(agency=copy.agency_id).exclude(pk=research.pk).exists():
        step(copy, "answer", at)


def ask_no_more(meeting: Meeting, at: datetime) -> None:
    """An agency that owed only what is not heard here any more has answered: its clock would never end otherwise."""
    owing = asked_of(meeting).values("agency")
    for copy in AgendaCopy.objects.filter(meeting=meeting, state=C.SENT).exclude(agency__in=owing):
        step(copy, "answer", at, reason=OWED_NO_MORE)


def ask_nobody_who_cannot_see() -> int:
    """Agencies that owe a meeting to come nothing but research on what they may not open now are asked for nothing: whatever
    took their sight away. Returns for how many meetings. Two queries where there is none. Index: meeting_to_come.
    """
    waiting = AgendaCopy.objects.filter(meeting=OuterRef("pk"), state=C.SENT, due_at__isnull=False)
    heard = AgendaItem.objects.standing().filter(
        meeting=OuterRef("meeting"), kind=CASE, subject_id=OuterRef("referral")
    )
    owed = Research.objects.standing().filter(seen_now(), Exists(heard), state=Research.State.ASKED)
    owed = owed.filter(meeting=OuterRef("meeting"), agency=OuterRef("agency"))
    found = Meeting.objects.to_come().filter(Exists(waiting.filter(~Exists(owed))))
    meetings = list(found.select_related("forum").order_by("pk"))
    for meeting in meetings:
        ask_no_more(meeting, timezone.now())
    return len(meetings)
