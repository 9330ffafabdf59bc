"""What an agency answers at its own sign-in is carried to the referral of the case; what the force ends is ended there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from safeguarding.models import OnwardReferral, ReferralReceived
from workflow import engine
from workflow.declare import workflow_of
from workflow.models import Refusal, Refused

S = OnwardReferral.State
#: An act of the agency -> what of its row is said again on the case, by the names of the form there.
CARRIED: dict[str, tuple[str, ...]] = {
    "acknowledge": ("acknowledged_at", "acknowledged_by"),
    "accept": ("decided_at", "caseworker", "decision_words"),
    "decline": ("decided_at", "decision_words"),
    "strategy": ("strategy_at", "strategy_words"),
    "contact": ("contact_at",),
    "end": ("outcome", "outcome_words"),
}


def carry_back(received: ReferralReceived, step: str, at: datetime) -> None:
    """Say on the case what the agency said. Where an officer has recorded as much already, nothing happens."""
    referral = OnwardReferral.objects.select_related("case").get(pk=received.referral_id)
    act = workflow_of(referral).step(step)
    if referral.state not in workflow_of(referral).sources(act):
        return
    said = {name: plain(getattr(received, name)) for name in CARRIED[step]}
    engine.perform(referral, step, by=User.objects.system(), evidence=said, seen=referral.version, at=at)


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def close_theirs(referral: OnwardReferral, at: datetime) -> None:
    """It was taken back, or ended otherwise than there: it waits for the agency no longer."""
    received = ReferralReceived.objects.filter(referral=referral).first()
    if received is None:
        return
    reason = {"reason": referral.not_sent_because or str(S(referral.state).label)}
    try:
        engine.perform(received, "close", by=User.objects.system(), evidence=reason, seen=received.version, at=at)
    except Refused as refused:
        if refused.kind is not Refusal.STATE:  # the agency has ended it itself meanwhile
            raise
