"""THE TABLE of a telling: one recipient whom the forum chose, from the plan to what became of it (A8, N6, D5)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import SYSTEM
from cases.models.answers import YesOrNo
from cases.steps.safety import SAFETY
from dvds.forms.reasons import ToldAllTheSame
from dvds.forms.telling import Declined, NotReached, NotTold, PromiseRefused, TellingSaid
from dvds.models import ContactResult, Reconsidered, Telling, Undertaking
from dvds.models.at_forum import london_day
from dvds.services.deciding import plan_in_force, spent_since
from dvds.services.telling import (
    ENDINGS,
    contact_lacks,
    decided_before,
    is_under_the_plan,
    met,
    outcome_of_telling,
    settle,
    tries_since,
)
from dvds.steps.forum_guards import NO_SAFETY_PLAN
from dvds.steps.held import nobody_unsafe
from dvds.steps.roles import SUPERVISOR, UNIT
from workflow.declare import STAYS, Step, Workflow
from workflow.forms import Reason

Said = dict[str, Any]
S = Telling.State
SPENT_NOW = "Not so any more. Something that the words rest on is spent now, or was struck out: bring it back for another decision."
NOT_TRIED = "Not yet. No attempt to reach them has been recorded since the decision."
#: What a telling keeps of the visit; the engine saves no column that no record of acts may have, so the effect does.
KEPT = ("at", "place", "by_whom", "identity", "text", "advised", "response", "pack", "follow_up")
OF_THE_TELLING = ("nothing_left", "undertaking", "signature", "plan", "safety_plan", "outcome")
SAME_PERSON = "You cannot do this. You held it back, so somebody else must decide."


def not_refused(telling: Any) -> bool:
    """the promise was not refused"""
    return telling.undertaking != Undertaking.REFUSED


def with_a_safety_plan(telling: Any, user: User) -> str:
    """Guard: nothing is told without a plan in force (S721)."""
    return "" if plan_in_force(telling.application) else NO_SAFETY_PLAN


def nothing_spent(telling: Any, user: User) -> str:
    """Guard: asked again on the day, for a conviction becomes spent while a case waits (E, 5)."""
    decision = telling.decision
    return SPENT_NOW if decision is not None and spent_since(decision, london_day(timezone.now())) else ""


def safe_to_meet(telling: Any, user: User) -> str:
    """Guard: the plan says a means, a place and times, where it is about this recipient (I1)."""
    return contact_lacks(telling.case, timezone.now()) if is_under_the_plan(telling) else ""


def was_tried(telling: Any, user: User) -> str:
    """Guard: nobody is unreachable whom nobody tried to reach."""
    since = telling.decision.decided_at if telling.decision else None
    return "" if tries_since(telling.application, since).exists() else NOT_TRIED


def by_another(telling: Any, user: User) -> str:
    """Guard: whoever held it back does not decide it."""
    return SAME_PERSON if telling.reconsidered_by_id == user.pk else ""


def tell(telling: Any, said: Said, by: User, at: datetime) -> None:
    """Told, and kept as it was said. The words go to the record alone: neither history nor audit has them."""
    decided_before(telling, said["at"])
    keep_words(telling, said)
    if telling.undertaking != Undertaking.REFUSED:
        telling.undertaking, telling.signature = Undertaking.SIGNED, said["signature"]
    telling.plan = met(
        telling.application, at=said["at"], place=said["place"], by=by, recorded_at=at, words="What the forum decided was told.",
        under_plan=is_under_the_plan(telling),
    )  # fmt: skip
    telling.safety_plan = plan_in_force(telling.application)
    telling.outcome = outcome_of_telling(telling)
    telling.save(update_fields=[*KEPT, *OF_THE_TELLING])
    settle(telling, S.TOLD, at)


def keep_words(telling: Any, said: Said) -> None:
    for name in KEPT:
        setattr(telling, name, said[name])
    telling.nothing_left = YesOrNo.YES


def refuse_to(decided: str) -> Any:
    """The effect of a refused promise, reconsidered as it says."""

    def effect(telling: Any, said: Said, by: User, at: datetime) -> None:
        telling.undertaking, telling.refused_because = Undertaking.REFUSED, said["refused_because"]
        telling.reconsidered, telling.reconsidered_because = decided, said["reconsidered_because"]
        telling.reconsidered_by = by

    return effect


def tell_anyway(telling: Any, said: Said, by: User, at: datetime) -> None:
    telling.reconsidered, telling.reconsidered_by = Reconsidered.TELL, by
    telling.reconsidered_because = f"{telling.reconsidered_because}\n{said['reason']}"[:2000]


def withhold(telling: Any, said: Said, by: User, at: datetime) -> None:
    end(telling, said["reason"], S.WITHHELD, at)


def declined(telling: Any, said: Said, by: User, at: datetime) -> None:
    decided_before(telling, said["at"])
    telling.plan = met(
        telling.application, at=said["at"], place=said["place"], by=by, recorded_at=at, words="They did not want to hear it.",
        under_plan=is_under_the_plan(telling), result=ContactResult.SPOKE,
    )  # fmt: skip
    for name in ("place", "by_whom", "pack", "follow_up"):
        setattr(telling, name, said[name])
    end(telling, said["why_not"], S.DECLINED, at)


def not_reached(telling: Any, said: Said, by: User, at: datetime) -> None:
    end(telling, f"{said['why_not']}\n{said['welfare']}"[:2000], S.UNREACHABLE, at)


def end(telling: Any, why: str, state: str, at: datetime) -> None:
    telling.why_not, telling.outcome = why, ENDINGS[S(state)]
    telling.save(update_fields=["why_not", "outcome", "plan", "place", "by_whom", "pack", "follow_up"])
    settle(telling, state, at)


# fmt: off
TELLING = Workflow("telling", Telling, S,
    Step("tell",          "Record that it was told",               S.PLANNED,   S.TOLD,        UNIT,       TellingSaid,    guards=(nobody_unsafe, with_a_safety_plan, safe_to_meet, nothing_spent), effect=tell, done="Told"),
    Step("refuse",        "The promise was refused: tell all the same", S.PLANNED, STAYS,      UNIT,       PromiseRefused, when=not_refused, effect=refuse_to(Reconsidered.TELL), done="Promise refused, to be told all the same"),
    Step("hold-back",     "The promise was refused: hold it back", S.PLANNED,   S.HELD_BACK,   UNIT,       PromiseRefused, when=not_refused, effect=refuse_to(Reconsidered.HOLD), done="Promise refused, held back"),
    Step("tell-anyway",   "Decide that it is told all the same",   S.HELD_BACK, S.PLANNED,     SUPERVISOR, ToldAllTheSame, guards=(by_another,), effect=tell_anyway, done="To be told all the same"),
    Step("withhold",      "Decide that it is not told",            S.HELD_BACK, S.WITHHELD,    SUPERVISOR, NotTold,        guards=(by_another, nobody_unsafe), effect=withhold, done="Not told, the promise being refused"),
    Step("decline",       "They did not want to hear it",          S.PLANNED,   S.DECLINED,    UNIT,       Declined,       guards=(nobody_unsafe, safe_to_meet), effect=declined, done="Did not want to hear it"),
    Step("give-up",       "They cannot be reached safely",         S.PLANNED,   S.UNREACHABLE, SUPERVISOR, NotReached,     guards=(nobody_unsafe, was_tried), effect=not_reached, done="Could not be reached safely"),
    Step("overtake",      "Another decision takes its place",      (S.PLANNED, S.HELD_BACK), S.OVERTAKEN, SYSTEM, Reason,  done="Overtaken by another decision"),
    *SAFETY,
    finished=(S.TOLD, S.DECLINED, S.UNREACHABLE, S.WITHHELD, S.OVERTAKEN),
)
# fmt: on
