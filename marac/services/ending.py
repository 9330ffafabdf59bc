"""What the end of a case at a meeting does to its referral, and to other agendas on which it stands (R-33, D.3)."""

from __future__ import annotations

from datetime import datetime

from marac.models import Hearing, Outcome, Referral
from marac.services.agenda import elsewhere, move_referral
from marac.services.publishing import leave_agendas

#: After which a referral waits for a meeting again.
WAITS_AGAIN = frozenset({Outcome.DEFERRED, Outcome.EMERGENCY})
HEARD_SOONER, HEARD_ELSEWHERE = "It was heard at an emergency meeting.", "It was heard at another meeting."


def settle_referral(hearing: Hearing, because: str, at: datetime) -> None:
    """Heard, and then off every other agenda to come; or back among those that wait, unless another agenda has it already.
    One that was heard before, or that no coordinator has accepted yet, stays what it is.
    """
    referral, R = Referral.objects.get(pk=hearing.referral_id), Referral.State
    others = elsewhere(referral, hearing.item)
    if hearing.outcome in WAITS_AGAIN:
        if referral.state == R.LISTED and not others.exists():
            move_referral(referral, "take-off", because, at)
        return
    if referral.state in (R.ACCEPTED, R.LISTED):
        move_referral(referral, "hear", because, at)
    leave_agendas(others, HEARD_SOONER if hearing.item.meeting.urgent else HEARD_ELSEWHERE, at)
