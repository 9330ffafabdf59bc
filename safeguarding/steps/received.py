"""THE TABLE of a referral as the agency works it: acknowledged, taken on or not, attempts to speak to the person, its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import PARTNERS, SYSTEM
from cases.models.answers import YesOrNo
from safeguarding.forms.answered import CameOfIt, Silent, StrategyHeld
from safeguarding.forms.received import Attempted, DangerTold, HaveIt, NotTakenOn, TakenOn
from safeguarding.models import Attempt, ReferralKind, ReferralReceived
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.forms import Reason

Said = dict[str, Any]
R, K = ReferralReceived.State, ReferralKind
UNANSWERED = (R.NEW, R.ACKNOWLEDGED)
GOES_ON = (*UNANSWERED, R.ACCEPTED)


def as_it_was_sent(received: Any, said: Said, by: User, at: datetime) -> None:
    """Its words were set by whoever sent it."""


def keep_acknowledged(received: Any, said: Said, by: User, at: datetime) -> None:
    received.acknowledged_at, received.acknowledged_by = at, by.get_full_name()


def keep_worker(received: Any, said: Said, by: User, at: datetime) -> None:
    """The form offers the agency's own people alone."""
    received.adviser = User.objects.get(pk=said["adviser"])
    received.caseworker = received.adviser.get_full_name()


def keep_taken_on(received: Any, said: Said, by: User, at: datetime) -> None:
    keep_worker(received, said, by, at)
    if received.acknowledged_at is None:
        keep_acknowledged(received, said, by, at)
    received.decided_at, received.decision_words = at, said["decision_words"]


def keep_not_taken_on(received: Any, said: Said, by: User, at: datetime) -> None:
    received.decided_at, received.decision_words = at, said["reason"]


def keep_attempt(received: Any, said: Said, by: User, at: datetime) -> None:
    """The first that reached the person is the first contact."""
    Attempt.objects.create(received=received, recorded_by=by, **said)
    if said["reached"] == YesOrNo.YES and (received.contact_at is None or said["at"] < received.contact_at):
        received.contact_at = said["at"]


def keep_end(received: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(received, said, by, at)
    received.ended_at = at


def keep_closed(received: Any, said: Said, by: User, at: datetime) -> None:
    received.closed_because, received.ended_at = said["reason"][:300], at


def about_children(received: Any) -> bool:
    """the referral is about children"""
    return bool(received.kind in (K.CHILDREN, K.MASH))


def about_somebody_to_reach(received: Any) -> bool:
    """the agency speaks to the person itself"""
    return bool(received.kind not in (K.CHILDREN, K.MASH, K.SCHOOL))


# fmt: off
RECEIVED = Workflow("received-referral", ReferralReceived, R,
    Step("receive",     "Receive a referral",            NEW,        R.NEW,          SYSTEM,   Silent,      effect=as_it_was_sent,    done="Referral received"),
    Step("acknowledge", "We have it",                    R.NEW,      R.ACKNOWLEDGED, PARTNERS, HaveIt,      effect=keep_acknowledged, done="Referral acknowledged by the agency"),
    Step("accept",      "We take it on",                 UNANSWERED, R.ACCEPTED,     PARTNERS, TakenOn,     effect=keep_taken_on,     done="Referral taken on by the agency"),
    Step("decline",     "We do not take it on",          UNANSWERED, R.DECLINED,     PARTNERS, NotTakenOn,  effect=keep_not_taken_on, done="Referral declined by the agency"),
    Step("hand-over",   "Give it to a colleague",        R.ACCEPTED, STAYS,          PARTNERS, TakenOn,     effect=keep_worker,       done="Referral given to a colleague of the agency"),
    Step("attempt",     "Record an attempt or a talk",   R.ACCEPTED, STAYS,          PARTNERS, Attempted,   when=about_somebody_to_reach, effect=keep_attempt, done="Attempt to speak to somebody recorded by the agency"),
    Step("strategy",    "Record a strategy discussion",  GOES_ON,    STAYS,          PARTNERS, StrategyHeld, when=about_children,     done="Strategy discussion recorded by the agency"),
    Step("end",         "Say what came of it",           R.ACCEPTED, R.ENDED,        PARTNERS, CameOfIt,    effect=keep_end,          done="What came of it was said by the agency"),
    Step("close",       "It waits no longer",            GOES_ON,    R.ENDED,        SYSTEM,   Reason,      effect=keep_closed,       done="Referral taken back by the police"),
    Step("danger",      "Somebody is in danger now",     ANY,        STAYS,          PARTNERS, DangerTold,  done="Danger told to the police by the agency"),
    label="referral received", finished=(R.DECLINED, R.ENDED),
)
# fmt: on
