"""THE TABLE of a serial perpetrator plan: the flag looked at by a person, then a plan, or why there is none (S3-041)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, SPECIALISTS, SUPERVISORS, roles
from cases.forms.serial_plan import (
    NewLead,
    SerialEnded,
    SerialReviewed,
    SerialSent,
    SerialSetAside,
    SerialTaken,
    SerialWritten,
)
from cases.models import Involvement, SerialLook, SerialPlan, Task
from cases.services.serial import harmed_by
from cases.steps.one_plan import refuse_second
from cases.steps.safety import SAFETY, Said
from people.models import Person
from workflow import engine
from workflow.approvals import Names, approval
from workflow.declare import NEW, STAYS, Section, Step, Workflow, complete, in_a_folder
from workflow.engine import keep_said

S = SerialPlan.State
PLANNERS = SPECIALISTS | SUPERVISORS | roles("offender_manager")
COORDINATOR = roles("da_coordinator")
LISTED = PLANNERS | COMMAND
FLAG = "serial_flag"  # the kind of the task (`cases.models.task`)


def somebody_suspected(plan: Any, user: User) -> str:
    """Guard: a plan is about a suspect of the case."""
    rows = Involvement.objects.standing().filter(case=plan.case_id, part=Involvement.Part.SUSPECT)
    return "" if plan.case_id and rows.exists() else "Not yet. The case names no suspect."


def keep_taken(plan: Any, said: Said, by: User, at: datetime) -> None:
    plan.lead = said["lead"]
    keep_looked_at(plan, said, by, at)


def keep_looked_at(plan: Any, said: Said, by: User, at: datetime) -> None:
    """One plan for a person, in whichever case it was begun: the person is locked before it is asked. The task is done."""
    plan.person_id, plan.because = said["person"], said["because"]
    list(Person.objects.filter(pk=plan.person_id).select_for_update())
    refuse_second(plan, by)
    plan.harmed = harmed_by(plan.person_id, by, at)
    done = {"outcome": "Somebody has looked at the flag: what they made of it stands in the case."}
    for task in Task.objects.standing().filter(case=plan.case, kind=FLAG, state=Task.State.TO_DO).order_by("pk"):
        engine.perform(task, "done", by=User.objects.system(), evidence=done, seen=task.version, at=at)


def keep_taken_up(plan: Any, said: Said, by: User, at: datetime) -> None:
    """What was set aside becomes a plan after all; somebody may have begun another meanwhile."""
    refuse_second(plan, by)
    plan.lead = said["lead"]


def keep_review(plan: Any, said: Said, by: User, at: datetime) -> None:
    """The number of people harmed is counted anew: what was looked at is what there is now."""
    plan.harmed = max(plan.harmed, harmed_by(plan.person_id, by, at))
    SerialLook.objects.create(case=plan.case, plan=plan, at=at, words=said["reason"], recorded_by=by, recorded_at=at)


def keep_end(plan: Any, said: Said, by: User, at: datetime) -> None:
    plan.ended_because = said["reason"]


NAMES = Names(
    ask="send", ask_label="Send to the coordinator", asked="Serial plan sent to the coordinator",
    approve_label="Approve the plan", approved="Serial plan approved", returned="Serial plan returned with reasons",
)  # fmt: skip
BEGUN = (in_a_folder, somebody_suspected)

# fmt: off
SERIAL_PLAN = Workflow("serial-plan", SerialPlan, S,
    Step("begin",     "Begin a serial perpetrator plan", NEW,        S.WRITING,   PLANNERS, SerialTaken,    guards=BEGUN, effect=keep_taken,     done="Serial perpetrator plan begun"),
    Step("set-aside", "Say why there is no serial plan", NEW,        S.SET_ASIDE, PLANNERS, SerialSetAside, guards=BEGUN, effect=keep_looked_at, done="Serial flag looked at: no plan now"),
    *approval("plan", source=S.WRITING, waiting=S.WAITING, target=S.IN_FORCE, ask=PLANNERS, decide=COORDINATOR, names=NAMES, evidence=SerialSent, guards=(complete,)),
    Step("review",    "Look at it again",                (S.IN_FORCE, S.SET_ASIDE), STAYS, PLANNERS, SerialReviewed, effect=keep_review, done="Serial plan looked at again"),
    Step("take-up",   "Make a plan after all",           S.SET_ASIDE, S.WRITING,  PLANNERS, NewLead, effect=keep_taken_up, done="Serial plan begun after all"),
    Step("change",    "Open the plan to change it",      S.IN_FORCE, S.WRITING,   PLANNERS, done="Serial plan opened to be changed"),
    Step("hand-over", "Give the lead to somebody else",  (S.WRITING, S.IN_FORCE), STAYS, PLANNERS, NewLead, effect=keep_said, done="Lead of the serial plan changed"),
    Step("end",       "End the plan",                    (S.WRITING, S.IN_FORCE), S.ENDED, COORDINATOR, SerialEnded, effect=keep_end, done="Serial plan ended"),
    *SAFETY,
    label="serial perpetrator plan", sections=(Section("plan", "The plan", SerialWritten, "Serial perpetrator plan"),),
    editable={S.WRITING: PLANNERS}, finished={S.ENDED, S.SET_ASIDE},
)
# fmt: on
