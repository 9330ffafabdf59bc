"""The clocks of safety plans: begun, written, decided on, reviewed by grade and on what happens, and each action on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cases.models import StandardException
from risk.models import PlanAction, SafetyPlan
from risk.steps_of_actions import PLAN_ACTION
from risk.steps_of_plans import SAFETY_PLAN
from workflow.clock import Length, days, hours
from workflow.policies import HOLDER, OTHER, Again, Policy, Rung

SERGEANT, INSPECTOR = "sergeant", "inspector"
HIGH, MEDIUM = "high", "medium"
PLAN, ACTION = SAFETY_PLAN.name, PLAN_ACTION.name
AN_HOUR = timedelta(hours=1)
PLANNED = "planned"  # the minimum standard (risk/standards.py) from which an exception may be granted


def the_plan(*states: str) -> Callable[[Any], Any]:
    """What owes: a plan is itself; a grade leads to the plan of its case in one of these states, if there is one.

    Index: safety_plan_of_case.
    """

    def found(record: Any) -> Any:
        if isinstance(record, SafetyPlan):
            return record
        return SafetyPlan.objects.standing().filter(case=record.case_id, state__in=states).order_by("-pk").first()

    return found


def the_case(record: Any) -> Any:
    return record.folder


def a_plan_is_owed(grade_of: Callable[[Any], str]) -> Callable[[Any], bool]:
    """Whether a plan is to be begun for the case of a record, by the grade that `grade_of` says."""

    def owed(record: Any) -> bool:
        """the case is graded medium or high, no plan is being made or in force, and no exception was granted from one"""
        case = record.folder
        if grade_of(record) not in (HIGH, MEDIUM) or SafetyPlan.objects.open().filter(case=case).exists():
            return False
        return not StandardException.objects.granted().filter(case=case, standard=PLANNED).exists()

    return owed


def author_of(plan: Any) -> int | None:
    found: int | None = plan.recorded_by_id
    return found


def keeper_of(action: Any) -> int | None:
    """Whoever does it; for what a partner alone does, whoever wrote the plan keeps after it."""
    found: int | None = action.owner_id or action.plan.recorded_by_id
    return found


def an_hour_before(action: Any) -> datetime | None:
    """The plan itself says when: one hour from here is that moment, to the minute."""
    moment: datetime = action.due_at - AN_HOUR
    return moment


def one_hour(action: Any) -> Length | None:
    """No setting of the force moves the day that a plan has promised."""
    return hours(1)


def still_to_do(action: Any) -> bool:
    """the action stands and has not ended"""
    return action.struck_out_at is None and bool(action.is_open)


def is_in_force(plan: Any) -> bool:
    """the plan is in force; one that is being made has a clock already, and says what happened to whoever decides"""
    return bool(plan.state == SafetyPlan.State.IN_FORCE)


def event(name: str, *steps: str) -> frozenset[str]:
    return frozenset(f"{name}.{step}" for step in steps)


def clocks_of_safety_plans(graded: frozenset[str], grade_of: Callable[[Any], str]) -> tuple[Policy, ...]:
    """The rows. `graded` are the events after which a case may have another grade, `grade_of` says which it has."""
    of_approval = {HIGH: hours(4), MEDIUM: hours(24), OTHER: hours(72)}
    return (
        Policy(
            "safety-plan-begun", "Begin a safety plan",
            starts=graded | event(PLAN, "drop"), stops=event(PLAN, "begin"), of=the_case,
            applies=a_plan_is_owed(grade_of), by=grade_of, refits=graded | {"standard-exception.grant"},
            within={HIGH: hours(2), OTHER: hours(24)},
            ladder=(Rung(-1, HOLDER), Rung(0, SERGEANT), Rung(2, INSPECTOR)),
            wants=f"{PLAN}.begin", why="Graded medium or high, and no safety plan is begun",
            meets="A plan is begun; it is owed no longer where the grade is lowered to standard or an exception is granted",
            missed="The sergeant is told at once, an inspector after two hours",
            authority="C: a high plan is approved within 4 hours of need [S 002], so it is begun within 2; medium 24 [R]",
        ),
        Policy(
            "safety-plan-sent", "Send the safety plan",
            starts=event(PLAN, "begin", "return", "withdraw"), stops=event(PLAN, "send"), drops=event(PLAN, "drop"),
            of=the_plan("draft"), by=grade_of, refits=graded, held=author_of,
            within=of_approval,
            ladder=(Rung(-1, HOLDER), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
            wants=f"{PLAN}.send", why="Begun, and not yet sent",
            meets="It is sent for approval", missed="The sergeant is told at once, an inspector after four hours",
            authority="C: drafted by an officer or specialist; within the times of its approval: 4, 24, 72 hours [R]",
        ),
        Policy(
            "safety-plan-decided", "Approve the safety plan",
            starts=event(PLAN, "send"), stops=event(PLAN, "approve", "return"), drops=event(PLAN, "withdraw"),
            of=the_plan("sent"), by=grade_of, refits=graded, within=of_approval,
            ladder=(Rung(-1, SERGEANT), Rung(0, SERGEANT), Rung(2, INSPECTOR)),
            owed_by=SERGEANT, wants=f"{PLAN}.approve", why="Sent and waiting for a decision",
            meets="A supervisor who did not write it approves or returns it",
            missed="The sergeant is told again, an inspector after two hours",
            authority="C: approved by a supervisor [S 002]; high 4 hours, medium 24, standard 72 [R]",
        ),
        Policy(
            "safety-plan-reviewed", "Review the safety plan",
            starts=event(PLAN, "approve"), stops=event(PLAN, "review"), drops=event(PLAN, "supersede", "close"),
            of=the_plan("in_force"), by=grade_of, refits=graded, only_sooner=True, held=author_of,
            within={HIGH: days(7), MEDIUM: days(28), OTHER: days(90)},
            ladder=(Rung(-24, HOLDER), Rung(0, SERGEANT), Rung(24, INSPECTOR)), repeats=True,
            wants=f"{PLAN}.review", why="A plan is in force",
            meets="Somebody reviews it, or a new version takes its place",
            missed="The sergeant is told at once, an inspector after a day",
            authority="C: review high 7 days, medium 28, standard 90 [R]",
        ),
        Policy(
            "safety-plan-event", "Look at the safety plan again",
            starts=event(PLAN, "ask-review"), stops=event(PLAN, "review"), drops=event(PLAN, "supersede", "close"),
            of=the_plan("in_force"), applies=is_in_force, by=grade_of, refits=graded, only_sooner=True, held=author_of,
            within=of_approval,
            ladder=(Rung(-2, HOLDER), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
            wants=f"{PLAN}.review", why="Something happened that the plan must answer",
            meets="The plan is reviewed, or a new version takes its place",
            missed="The sergeant is told at once, an inspector after four hours",
            authority="C, B.7: reviewed on every trigger [S 002]; within the times of an approval [R]",
        ),
        Policy(
            "plan-action-done", "Do what the safety plan promises",
            starts=frozenset({f"{PlanAction._meta.model_name}.add"}) | event(ACTION, "carry", "carry-on", "change", "reopen"),
            from_=an_hour_before, own=one_hour, within=hours(1), again=Again.RESTART, applies=still_to_do, lapses=True,
            stops=event(ACTION, "done"), until=lambda action: action.ended_at,
            drops=event(ACTION, "replace", "accept", "supersede"), refits=event(ACTION, "amend", "change"),
            held=keeper_of, ladder=(Rung(-4, HOLDER), Rung(0, HOLDER), Rung(4, SERGEANT), Rung(24, INSPECTOR)),
            wants=f"{ACTION}.done", why="An action of a safety plan",
            meets="Whoever owes it says what came of it",
            missed="The owner is told again, the sergeant after four hours, an inspector after a day",
            authority="C: each action has an owner and a day [S 002]; the day is the plan’s own; who hears [R]",
        ),
        Policy(
            "plan-action-decided", "Decide: action not possible",
            starts=event(ACTION, "give-up"), stops=event(ACTION, "accept", "insist"), drops=event(ACTION, "take-back"),
            by=grade_of, within=of_approval,
            ladder=(Rung(-1, SERGEANT), Rung(0, SERGEANT), Rung(2, INSPECTOR)),
            owed_by=SERGEANT, wants=f"{ACTION}.accept", why="Nothing can be done instead, somebody says",
            meets="A supervisor accepts it or insists", missed="The sergeant is told again, an inspector after two hours",
            authority="C: not possible needs a replacement or a supervisor’s acceptance [S]; the times of an approval [R]",
        ),
    )  # fmt: skip
