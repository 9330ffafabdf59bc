"""What the end of a case at a meeting does to its referral, and to other agendas on which it stands (R-33, D.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marac.models import AgendaItem, Hearing, Meeting, Outcome, Referral
from marac.services.agenda import move_referral
from workflow.models.record import about

#: After which a referral waits for a meeting again.
WAITS_AGAIN = frozenset({Outcome.DEFERRED, Outcome.EMERGENCY})
HEARD_SOONER = "It was heard at an emergency meeting, which this agenda notes."


def settle_referral(hearing: Hearing, because: str, at: datetime) -> None:
    """Heard, or back among those that wait; what was heard in an emergency stands on no other agenda to come. One that was
    heard before, or that no coordinator has accepted yet, stays what it is.
    """
    referral = Referral.objects.get(pk=hearing.referral_id)
    elsewhere = on_other_agendas(referral, hearing.item.meeting_id)
    waits = hearing.outcome in WAITS_AGAIN
    if not waits:
        elsewhere.update(taken_off_at=at, taken_off_because=HEARD_SOONER)
    if not waits and referral.state in (Referral.State.ACCEPTED, Referral.State.LISTED):
        move_referral(referral, "hear", because, at)
    elif waits and referral.state == Referral.State.LISTED and not elsewhere.exists():
        move_referral(referral, "take-off", because, at)


def on_other_agendas(referral: Referral, meeting: int) -> Any:
    """Its places on ordinary agendas of meetings to come, other than this one. Index: agenda_item_of_subject."""
    to_come = Meeting.objects.to_come().filter(emergency__isnull=True).exclude(pk=meeting).order_by().values("pk")
    return AgendaItem.objects.standing().of_referrals().filter(**about(referral), meeting__in=to_come)
