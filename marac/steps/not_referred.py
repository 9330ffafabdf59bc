"""THE TABLE of a case over the threshold that is not referred: asked by one, decided by another, for that grade only (S2-037)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import COMMAND, SYSTEM, roles
from cases.models.decision_log import DecisionKind
from cases.services import log_decision
from cases.steps.safety import SAFETY
from marac.forms.referral_steps import WhyNotReferred
from marac.models import NotReferred, Referral
from marac.services.known import newest_decision
from marac.services.threshold import over_threshold
from marac.steps.referral import WRITERS
from workflow import engine
from workflow.declare import NEW, Step, Workflow, in_a_folder
from workflow.forms import Reason

S = NotReferred.State
Said = dict[str, Any]
DECIDERS = COMMAND | roles("da_coordinator")
AGREED = "It was agreed not to refer, with the reason."


def nothing_waits(row: Any, user: User) -> str:
    if row.case_id and NotReferred.objects.standing().filter(case=row.case_id, state=S.ASKED).exists():
        return "Not available. Somebody has asked already, and it waits for a decision."
    return ""


def is_over_threshold(row: Any, user: User) -> str:
    """Guard: where nothing asks for a referral, no reason is needed for there being none."""
    if row.case_id and over_threshold(row.case, timezone.now()) is None:
        return "Not needed. Nothing asks for a referral now, or it is with the forum already."
    return ""


def keep_asked(row: Any, said: Said, by: User, at: datetime) -> None:
    row.why, row.words, row.seen_decision = said["why"], said["words"], newest_decision(row.case)


def by_another(row: Any, user: User) -> str:
    """Guard: whoever asked does not decide. The database holds to it too."""
    return (
        "You cannot do this. You asked for it, so somebody else must decide." if row.recorded_by_id == user.pk else ""
    )


def keep_decided(row: Any, said: Said, by: User, at: datetime) -> None:
    row.decided_by, row.decided_at, row.decided_why = by, at, said["reason"]


def keep_agreed(row: Any, said: Said, by: User, at: datetime) -> None:
    """Written in the decision log; a draft that was made by itself is given up with the reason."""
    keep_decided(row, said, by, at)
    told = {"information": f"{row.get_why_display()}. {row.words}", "action": said["reason"]}
    log_decision(row.case, by, at, DecisionKind.REFERRAL, told, what="Not referred to MARAC", about=row)
    drafts = Referral.objects.standing().filter(investigation=row.case, state=Referral.State.DRAFTED)
    for draft in drafts.order_by("pk"):
        given_up = {"reason": AGREED}
        engine.perform(draft, "withdraw", by=User.objects.system(), evidence=given_up, seen=draft.version, at=at)


def nothing_more(row: Any, said: Said, by: User, at: datetime) -> None:
    """The state says it all."""


# fmt: off
NOT_REFERRED = Workflow("not-referred", NotReferred, S,
    Step("ask",      "Ask not to refer to MARAC", NEW,     S.ASKED,   WRITERS,  WhyNotReferred, guards=(in_a_folder, nothing_waits, is_over_threshold), effect=keep_asked, done="Asked not to refer to MARAC"),
    Step("agree",    "Agree not to refer",        S.ASKED, S.AGREED,  DECIDERS, Reason, guards=(by_another,), effect=keep_agreed,  done="Agreed not to refer to MARAC"),
    Step("refuse",   "Say that it is referred",   S.ASKED, S.REFUSED, DECIDERS, Reason, guards=(by_another,), effect=keep_decided, done="To be referred to MARAC"),
    Step("overtake", "Overtaken by a newer grade", (S.ASKED, S.AGREED), S.OVER, SYSTEM, Reason, effect=nothing_more, done="A reason not to refer was overtaken"),
    *SAFETY,
    label="reason not to refer", finished={S.AGREED, S.REFUSED, S.OVER},
)
# fmt: on
