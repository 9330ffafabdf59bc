"""THE TABLE of a repeat-victim plan: written, approved by a coordinator, visited, reviewed on its day, ended with why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SPECIALISTS, SUPERVISORS, roles
from cases.forms.repeat_plan import NewOwner, NewPlan, PlanEnded, PlanReviewed, PlanSent, PlanWritten, VisitMade
from cases.models import PlanVisit, RepeatPlan
from cases.models.taking_part import person_of
from cases.steps.one_plan import has_one, refuse_second
from cases.steps.safety import SAFETY, Said
from people.models import Person
from workflow.approvals import Names, approval
from workflow.declare import NEW, STAYS, Section, Step, Workflow, complete, in_a_folder
from workflow.engine import keep_said

S = RepeatPlan.State
PLANNERS = SPECIALISTS | SUPERVISORS | roles("neighbourhood_officer")
VISITORS = PLANNERS | roles("officer", "investigator")
COORDINATOR = roles("da_coordinator")


def of_somebody(plan: Any, user: User) -> str:
    """Guard: a plan is for somebody who is named, and there is one at a time."""
    person = person_of(plan.case) if plan.case_id else None
    if person is None:
        return "Not yet. The case does not say who was harmed."
    return has_one(plan, person, user)


def keep_begun(plan: Any, said: Said, by: User, at: datetime) -> None:
    """The case is locked, and another case of the same person is not: so the person is, before it is asked again."""
    plan.person_id, plan.owner = person_of(plan.case), said["owner"]
    list(Person.objects.filter(pk=plan.person_id).select_for_update())
    refuse_second(plan, by)


def keep_visit(plan: Any, said: Said, by: User, at: datetime) -> None:
    beneath(plan, by, at, kind=PlanVisit.Kind.VISIT, at=said["visited_at"], seen=said["seen"], words=said["words"])


def keep_review(plan: Any, said: Said, by: User, at: datetime) -> None:
    beneath(plan, by, at, kind=PlanVisit.Kind.REVIEW, at=at, words=said["reason"])


def beneath(plan: Any, by: User, recorded_at: datetime, **columns: Any) -> None:
    PlanVisit.objects.create(case=plan.case, plan=plan, recorded_by=by, recorded_at=recorded_at, **columns)


def keep_end(plan: Any, said: Said, by: User, at: datetime) -> None:
    plan.ended_because = said["reason"]


NAMES = Names(
    ask="send", ask_label="Send to the coordinator", asked="Plan sent to the coordinator",
    approve_label="Approve the plan", approved="Plan approved", returned="Plan returned with reasons",
)  # fmt: skip

# fmt: off
REPEAT_PLAN = Workflow("repeat-plan", RepeatPlan, S,
    Step("begin",  "Begin a repeat-victim plan", NEW,        S.WRITING,  PLANNERS, NewPlan, guards=(in_a_folder, of_somebody), effect=keep_begun, done="Repeat-victim plan begun"),
    *approval("plan", source=S.WRITING, waiting=S.WAITING, target=S.IN_FORCE, ask=PLANNERS, decide=COORDINATOR, names=NAMES, evidence=PlanSent, guards=(complete,)),
    Step("visit",  "Record a visit",             S.IN_FORCE, STAYS,      VISITORS, VisitMade,    effect=keep_visit,  done="Visit recorded"),
    Step("review", "Review the plan",            S.IN_FORCE, STAYS,      PLANNERS, PlanReviewed, effect=keep_review, done="Plan reviewed"),
    Step("change", "Open the plan to change it", S.IN_FORCE, S.WRITING,  PLANNERS, done="Plan opened to be changed"),
    Step("hand-over", "Give the plan to somebody else", (S.WRITING, S.IN_FORCE), STAYS, PLANNERS, NewOwner, effect=keep_said, done="Plan given to somebody else"),
    Step("end",    "End the plan",               (S.WRITING, S.IN_FORCE), S.ENDED, COORDINATOR, PlanEnded, effect=keep_end, done="Plan ended"),
    *SAFETY,
    label="repeat-victim plan", sections=(Section("plan", "The plan", PlanWritten, "Repeat-victim plan"),),
    editable={S.WRITING: PLANNERS}, finished={S.ENDED},
)
# fmt: on
