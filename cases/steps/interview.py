"""THE TABLE of an interview: planned, the plan approved, held, its summary checked. Nobody decides on what they wrote (S3-104)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import FRONTLINE, SUPERVISORS
from cases.forms.interview import InterviewHeld, InterviewPlan, NewInterview, NotHeld, PlanIsSent
from cases.models import Interview
from cases.steps.safety import SAFETY, Said
from workflow.approvals import Names, also, approval
from workflow.declare import NEW, Section, Step, Workflow, complete, in_a_folder
from workflow.engine import keep_said

S = Interview.State


def keep_begun(interview: Any, said: Said, by: User, at: datetime) -> None:
    """The form offers the people of the case alone."""
    interview.involvement_id, interview.kind = said["involvement"], said["kind"]


def keep_called_off(interview: Any, said: Said, by: User, at: datetime) -> None:
    interview.follow_up = said["reason"]


PLAN = Names(
    ask="send-plan", ask_label="Send the plan to a supervisor", asked="Interview plan sent to a supervisor",
    approve="approve-plan", approve_label="Approve the plan", approved="Interview plan approved",
    give_back="return-plan", return_label="Return the plan with reasons", returned="Interview plan returned with reasons",
    withdraw="withdraw-plan", withdraw_label="Take the plan back to change it", withdrawn="Interview plan taken back",
)  # fmt: skip
SUMMARY = Names(
    ask="hold", ask_label="Record the interview", asked="Interview held: its summary is with a supervisor",
    approve="check-summary", approve_label="The summary is right", approved="Interview summary checked",
    give_back="return-summary", return_label="Return the summary with reasons", returned="Interview summary returned with reasons",
    withdraw="withdraw-summary", withdraw_label="Take the summary back to change it", withdrawn="Interview summary taken back",
)  # fmt: skip

# fmt: off
INTERVIEW = Workflow("interview", Interview, S,
    Step("begin",    "Plan an interview", NEW, S.PLANNING, FRONTLINE, NewInterview, guards=(in_a_folder,), effect=keep_begun, done="Planning of an interview begun"),
    *approval("plan", source=S.PLANNING, waiting=S.PLAN_SENT, target=S.PLANNED, ask=FRONTLINE, decide=SUPERVISORS, names=PLAN, evidence=PlanIsSent, guards=(complete,)),
    *also(approval("summary", source=S.PLANNED, waiting=S.SUMMARY_SENT, target=S.CHECKED, ask=FRONTLINE, decide=SUPERVISORS, names=SUMMARY, evidence=InterviewHeld), hold=keep_said),
    Step("replan",   "Change the plan of the interview", S.PLANNED, S.PLANNING, FRONTLINE, done="Interview plan opened to be changed"),
    Step("call-off", "The interview is not held", (S.PLANNING, S.PLANNED), S.CALLED_OFF, FRONTLINE, NotHeld, effect=keep_called_off, done="Interview not held"),
    *SAFETY,
    label="interview", sections=(Section("plan", "The plan", InterviewPlan, "Interview"),),
    editable={S.PLANNING: FRONTLINE}, finished={S.CHECKED, S.CALLED_OFF},
)
# fmt: on
