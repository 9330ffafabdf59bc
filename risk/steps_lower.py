"""THE TABLE of a lowered grade (R-15 to R-18): by another, one level, for a coded reason; it comes back by itself."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import FRONTLINE, SPECIALISTS, SUPERVISORS, SYSTEM
from cases.services import raise_task
from cases.steps.safety import SAFETY
from risk.forms.lowering import LoweredGrade, SpokenTo
from risk.models import Downgrade, Grade, RiskDecision
from risk.services.lowering import LAPSED, REOPENED, Lowering, keep, lowering_of, put_back, why_not_by
from workflow.clock import LONDON
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder
from workflow.models import Refusal, Refused

S, R = Downgrade.State, Downgrade.Reason
Said = dict[str, Any]
LOWERING = SPECIALISTS | SUPERVISORS


def found_for(downgrade: Any, user: User) -> Lowering | None:
    """What it would stand on, asked once for the guards, the page and the effect of one request."""
    if not hasattr(downgrade, "stands_on"):
        downgrade.stands_on = lowering_of(downgrade.case_id, user, timezone.now())
    found: Lowering | None = downgrade.stands_on
    return found


def something_to_lower(downgrade: Any, user: User) -> str:
    found = found_for(downgrade, user)
    if found is None:
        return "Not yet. Nobody has graded the risk."
    return "Not available. The grade is Standard already." if found.now == Grade.STANDARD else ""


def by_another(downgrade: Any, user: User) -> str:
    found = found_for(downgrade, user)
    return why_not_by(user, found) if found else ""


def not_while_provisional(downgrade: Any, user: User) -> str:
    """The second level waits until somebody has spoken to the victim about the first. Index: downgrade_one_provisional."""
    rows = Downgrade.objects.standing().filter(case=downgrade.case_id, state=S.STANDING, lapses_at__isnull=False)
    words = "Not yet. The grade was lowered and nobody has spoken to the victim: record that first."
    return words if rows.exists() else ""


def not_below_the_floor(downgrade: Any, user: User) -> str:
    """R-18: the facts must change first, and with them the answers."""
    found = found_for(downgrade, user)
    if found is None or not found.below_floor:
        return ""
    words = _(
        "Not available. The lowest grade allowed is %(grade)s: %(because)s. A new assessment must replace this one."
    )
    return words % {"grade": _(str(Grade(found.floor.grade).label)), "because": _(found.floor.because)}


def keep_lowered(downgrade: Any, said: Said, by: User, at: datetime) -> None:
    """Lower the grade by one level, in the ledger; what ends by itself says when."""
    if said["reason"] == R.SPECIALIST and not by.holds(SPECIALISTS, downgrade.scope, at):
        raise Refused(Refusal.GUARD, "You cannot do this. A specialist’s assessment is a specialist’s reason.")
    for name in ("reason", "words", "flagged", "kept_since", "spoken", "spoken_at", "spoken_how"):
        setattr(downgrade, name, said[name])
    downgrade.spoken_words = said["spoken_words"] or said["why_not"]
    ends = said["custody_ends"] or said["order_ends"]
    downgrade.reopens_at = datetime.combine(ends, time.min, LONDON) if ends else None
    found = as_it_stands(downgrade, said["seen_grade"], by, at)
    keep(downgrade, found, by=by, at=at)
    if downgrade.flagged:
        why = _("A grade was lowered with words that are no reason: %(what)s.") % {"what": ", ".join(downgrade.flagged)}
        raise_task(case=downgrade.case, kind="lowered_grade", why=why, by=by, at=at, about=downgrade.decision)


def as_it_stands(downgrade: Any, seen: str, by: User, at: datetime) -> Lowering:
    """What it stands on now that the case is locked. Two who had the same page open would lower it by two levels: the
    second is refused, and everything is asked once more of what the first has left.
    """
    found = downgrade.stands_on = lowering_of(downgrade.case_id, by, at)
    for guard in GUARDS:
        if sentence := guard(downgrade, by):
            raise Refused(Refusal.GUARD, sentence)
    if found is None:
        raise Refused(Refusal.GUARD, "Not yet. Nobody has graded the risk.")
    if seen and seen != found.now:
        words = _("Nothing was done. The grade is %(grade)s now: somebody else has decided. Look at it, then decide.")
        raise Refused(Refusal.GUARD, words % {"grade": _(str(Grade(found.now).label))})
    return found


def is_provisional(downgrade: Any) -> bool:
    """nobody has spoken to the victim since the grade was lowered"""
    return bool(downgrade.provisional)


def keep_spoken(downgrade: Any, said: Said, by: User, at: datetime) -> None:
    if downgrade.lapses_at and at >= downgrade.lapses_at:
        raise Refused(Refusal.GUARD, "Not available. The time is over: the grade comes back by itself.")
    downgrade.spoken, downgrade.lapses_at = "yes", None
    for name, value in said.items():
        setattr(downgrade, name, value)


def lapse(downgrade: Any, said: Said, by: User, at: datetime) -> None:
    put_back(downgrade, RiskDecision.Kind.LAPSED, LAPSED, by=by, at=at)


def reopen(downgrade: Any, said: Said, by: User, at: datetime) -> None:
    put_back(downgrade, RiskDecision.Kind.REOPENED, REOPENED, by=by, at=at)


def end(downgrade: Any, said: Said, by: User, at: datetime) -> None:
    downgrade.ended_at = at


GUARDS = (in_a_folder, something_to_lower, by_another, not_while_provisional, not_below_the_floor)

# fmt: off
DOWNGRADE = Workflow("downgrade", Downgrade, S,
    Step("lower",    "Lower the grade",                        NEW,        S.STANDING,  LOWERING,  LoweredGrade, guards=GUARDS,       effect=keep_lowered, done="Grade lowered"),
    Step("confirm",  "Record that the victim was spoken to",   S.STANDING, STAYS,       FRONTLINE, SpokenTo,     when=is_provisional, effect=keep_spoken,  done="Victim spoken to about the lower grade"),
    Step("lapse",    "Put the grade back: nobody spoke to the victim", S.STANDING, S.LAPSED, SYSTEM,            effect=lapse,        done="Grade came back: nobody spoke to the victim"),
    Step("reopen",   "Put the grade back: its reason ended",   S.STANDING, S.REOPENED,  SYSTEM,                  effect=reopen,       done="Grade came back: the reason for lowering it ended"),
    Step("overtake", "End it: the grade is as high again",     S.STANDING, S.OVERTAKEN, SYSTEM,                  effect=end,          done="Lowered grade overtaken by another"),
    *SAFETY,
    label="lowered grade", finished=set(S),
)
# fmt: on
