"""The forum decides, and what was decided is done: told, or told that nothing is to be told (A7-A9, A14, A15, N5, N6)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from cases.steps.safety import unsafe_now
from dvds.forms.answers import TestsAnswered
from dvds.forms.deciding import BroughtBack, DecidedAgain, NotToTell, PutBefore, PutOff, ToTell
from dvds.models import Application, Category, Decision, Outcome, Stage, Telling, Test
from dvds.models.at_forum import meetings_to_come
from dvds.models.outcomes import rolled_up
from dvds.services.before_forum import put_before
from dvds.services.deciding import (
    choose,
    decide,
    is_of_concern,
    keep_answers,
    overtake,
    plan_in_force,
    plan_tellings,
    said_no,
    times_put_off,
    unanswered,
)
from dvds.steps.forum_guards import on_an_agenda, safety_plan_there
from dvds.steps.guards import judged_since_new
from dvds.steps.held import nobody_unsafe
from dvds.steps.in_danger import AT_ONCE, MAY_RATIFY, leave_the_forum, to_ratify
from dvds.steps.roles import CHAIR, SUPERVISOR, UNIT
from dvds.steps.untold import UNTOLD
from workflow import engine
from workflow.declare import STAYS, Step

Said = dict[str, Any]
S = Application.State
ALL_YES = "Not so. Every test was answered with yes: decide that it is told, or answer again what is not met."
NOT_SAFE_TO_WAIT = "Not now. Somebody is unsafe: what cannot wait is not put off."
SECOND_TIME = "You cannot do this. It was put off before, so only the disclosure supervisor may put it off again."
TEST_WORDS = {test.value: f"{test.value} ({test.label})" for test in Test}


# --- before a meeting


def is_for_a_forum(application: Any) -> bool:
    """it is with the forum, or something is to be ratified"""
    return application.state in (S.REFERRED, S.DEFERRED) or to_ratify(application)


def put_on_agenda(application: Any, said: Said, by: User, at: datetime) -> None:
    meeting = meetings_to_come(application).get(pk=said["meeting"])
    put_before(application, meeting, by, at)


# --- the tests and the decision


def keep_tests(application: Any, said: Said, by: User, at: datetime) -> None:
    keep_answers(application, said, Stage.FORUM, by, at)


def tests_answered(application: Any, user: User) -> str:
    """Guard: each of them, named where it lacks (A7)."""
    lacking = [TEST_WORDS[test] for test in unanswered(application)]
    return f"Not yet. Not answered: {'; '.join(lacking)}." if lacking else ""


def tests_met(application: Any, user: User) -> str:
    """Guard: all are yes, the first three as the law asks (S713-715), the others because telling is not safe otherwise."""
    failed = [TEST_WORDS[test] for test in said_no(application)]
    return f"Not met, so nothing may be told: {'; '.join(failed)}." if failed else ""


def tests_not_met(application: Any, user: User) -> str:
    """Guard: nothing is told only for a test that is not met: otherwise the record would say both."""
    return "" if said_no(application) else ALL_YES


def decide_to_tell(application: Any, said: Said, by: User, at: datetime) -> None:
    """The words, what they rest on, one line for each recipient. The forum’s people see the case until tonight."""
    columns = {name: said.get(name) or "" for name in ("words", "left_out", "how", "subject_because")}
    made = decide(
        application, said, Decision.TELL, by, at, category=Category.CONCERN, safety_plan=plan_in_force(application),
        subject_informed=said["subject_informed"], **columns,
    )  # fmt: skip
    choose(made, said["rests_on"], by, at)
    plan_tellings(made, said, by, at)
    leave_the_forum(application, at)


def decide_not_to_tell(application: Any, said: Said, by: User, at: datetime) -> None:
    decide(application, said, Decision.NOT_TELL, by, at, category=said["category"])
    application.outcome = outcome_untold(application, said["category"])
    leave_the_forum(application, at)


def outcome_untold(application: Any, category: str) -> str:
    """Nothing held, and not in proportion to tell, are two things (trap 3); what was told in danger stays told."""
    told = rolled_up(application)
    return told or str(Outcome.NOTHING_HELD if category == Category.NO_CONCERN else Outcome.TESTS_NOT_MET)


# --- put off, brought back


def put_off_once(application: Any, user: User) -> str:
    """Guard: a second time only the supervisor, and nobody while somebody is unsafe (A14)."""
    if unsafe_now(application):
        return NOT_SAFE_TO_WAIT
    again = times_put_off(application) > 0 and not user.holds(SUPERVISOR, application.scope)
    return SECOND_TIME if again else ""


def put_off(application: Any, said: Said, by: User, at: datetime) -> None:
    decide(
        application, {**said, "reasons": said["reason"]}, Decision.DEFER, by, at, category=is_of_concern(application),
        until=said["until"], missing=said["missing"],
    )  # fmt: skip


def bring_back(application: Any, said: Said, by: User, at: datetime) -> None:
    """What was still to be told of the decision is overtaken: nothing is told twice, and nothing of an old decision."""
    for telling in overtake(
        application
    ):  # the line whose end brings it back by itself is not saved yet: it stays as it ends
        if by.username != User.SYSTEM or telling.state == Telling.State.PLANNED:
            engine.perform(telling, "overtake", by=User.objects.system(), evidence=said, seen=telling.version, at=at)


# --- the ends of telling


def keep_told(application: Any, said: Said, by: User, at: datetime) -> None:
    rows = Telling.objects.standing().filter(application=application.pk, at__isnull=False)
    application.told_at = rows.order_by("at").values_list("at", flat=True).first()
    application.outcome = rolled_up(application)


def keep_outcome(application: Any, said: Said, by: User, at: datetime) -> None:
    application.outcome = rolled_up(application)


DECIDES = (nobody_unsafe, judged_since_new, on_an_agenda, tests_answered)
# fmt: off
DECIDING = (
    Step("put-before",      "Put it before a meeting",               MAY_RATIFY,    STAYS,         UNIT | CHAIR, PutBefore, when=is_for_a_forum, effect=put_on_agenda, done="Put before a meeting"),
    Step("answer-tests",    "Answer the tests",                      (S.REFERRED, S.DEFERRED), STAYS, CHAIR, TestsAnswered, effect=keep_tests, done="The forum answered the tests"),
    Step("decide-tell",     "Decide that it is told",                S.REFERRED,    S.TO_TELL,     CHAIR, ToTell,         guards=(*DECIDES, tests_met, safety_plan_there), effect=decide_to_tell, done="The forum decided that it is told"),
    Step("decide-not-tell", "Decide that nothing is told",           S.REFERRED,    S.NOT_TO_TELL, CHAIR, NotToTell,      guards=(*DECIDES, tests_not_met), effect=decide_not_to_tell, done="The forum decided that nothing is told"),
    Step("defer",           "Put the decision off",                  S.REFERRED,    S.DEFERRED,    CHAIR | SUPERVISOR, PutOff, guards=(put_off_once,), effect=put_off, done="Put off"),
    Step("resume",          "Bring it back to the forum",            S.DEFERRED,    S.REFERRED,    CHAIR | UNIT, BroughtBack, done="Brought back to the forum"),
    Step("decide-again",    "Bring it back: it cannot be told so",   S.TO_TELL,     S.REFERRED,    UNIT | SYSTEM, DecidedAgain, effect=bring_back, done="Brought back for another decision"),
    Step("told",            "It was told",                           S.TO_TELL,     S.TOLD,        SYSTEM, effect=keep_told, done="Told"),
    Step("declined",        "The recipient did not want to hear it", S.TO_TELL,     S.DECLINED,    SYSTEM, effect=keep_outcome, done="The recipient did not want to hear it"),
    Step("unreachable",     "The recipient could not be reached",    S.TO_TELL,     S.UNREACHABLE, SYSTEM, effect=keep_outcome, done="The recipient could not be reached"),
    *UNTOLD,
    *AT_ONCE,
)
# fmt: on
