"""THE TABLE of an action of a safety plan: who does it, by when, and how it ends with what came of the risk."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from accounts.models import User
from accounts.roles import SPECIALISTS, SUPERVISORS, SYSTEM, roles
from cases.steps import SAFETY
from risk.forms.plan_steps import ActionChanged, ActionDone, ActionImpossible, ActionReplaced
from risk.models import PlanAction, SafetyPlan
from workflow.approvals import Names, also, approval
from workflow.declare import NEW, STAYS, Step, Workflow

A = PlanAction.State
Said = dict[str, Any]
DOERS = SPECIALISTS | SUPERVISORS | roles(
    "officer", "investigator", "neighbourhood_officer", "offender_manager", "custody_officer", "disclosure_officer",
    "disclosure_supervisor",
)  # fmt: skip
TO_DO = (A.OPEN, A.IN_PROGRESS)


def keep_done(action: Any, said: Said, by: User, at: datetime) -> None:
    action.ended_at, action.evidence, action.result = said["done_at"], said["evidence"], said["result"]


def keep_replaced(action: Any, said: Said, by: User, at: datetime) -> None:
    action.ended_at, action.why_not, action.replaced_by = at, said["reason"], said["instead"]


def keep_why_not(action: Any, said: Said, by: User, at: datetime) -> None:
    action.why_not = said["reason"]


def accepted(action: Any, said: Said, by: User, at: datetime) -> None:
    action.ended_at = at


def open_again(action: Any, said: Said, by: User, at: datetime) -> None:
    """What it said of its end stays in its history; the action itself says nothing of an end now."""
    action.ended_at, action.evidence, action.result = None, "", ""
    action.why_not, action.replaced_by = "", None


def keep_changed(action: Any, said: Said, by: User, at: datetime) -> None:
    action.owner, action.agency = said["owner"], said["agency"] or ""
    action.due_at, action.priority = said["due_at"], said["priority"]


def looked_at_anew(action: Any, said: Said, by: User, at: datetime) -> None:
    """What becomes of an action while the plan waits, or the version that takes it over, makes that plan another than the
    one that was seen: whoever decides looks again (C).
    """
    plans = SafetyPlan.objects.standing().filter(Q(pk=action.plan_id) | Q(supersedes=action.plan_id))
    plans.filter(state=SafetyPlan.State.SENT).update(version=F("version") + 1)


def plan_is_open(action: Any) -> bool:
    """the plan of the action is being made or in force"""
    return bool(action.plan.is_open)


def plan_is_in_force(action: Any) -> bool:
    """the plan of the action is in force; in one that is being made the action itself is written, or read while it waits"""
    return bool(action.plan.state == SafetyPlan.State.IN_FORCE)


IMPOSSIBLE = Names(
    ask="give-up", ask_label="Not possible, nothing instead", asked="Action said not to be possible",
    approve="accept", approve_label="Accept that it is not possible", approved="Accepted: an action is not possible",
    give_back="insist", return_label="It is to be done all the same", returned="Action to be done all the same",
    withdraw="take-back", withdraw_label="Take it back", withdrawn="Taken back: the action is to be done",
)  # fmt: skip

# fmt: off
#: What becomes of an action, whoever says it. In one that waits for approval each of these is looked at anew.
BECOMES = (
    Step("start",     "Say that it is in hand",        A.OPEN, A.IN_PROGRESS,  DOERS,    when=plan_is_open, done="Action in hand"),
    Step("done",      "Say that it is done",           TO_DO,  A.DONE,         DOERS,    ActionDone,     when=plan_is_open, effect=keep_done,     done="Action of the safety plan done"),
    Step("replace",   "Not possible: another instead", TO_DO,  A.NOT_POSSIBLE, DOERS,    ActionReplaced, when=plan_is_open, effect=keep_replaced, done="Action not possible: another is done instead"),
    *also(approval("not-possible", source=TO_DO, waiting=A.ASKED, target=A.NOT_POSSIBLE, back_to=A.OPEN, ask=DOERS, decide=SUPERVISORS | roles("disclosure_supervisor"), names=IMPOSSIBLE, evidence=ActionImpossible), **{"give-up": keep_why_not, "accept": accepted}),
    Step("change",    "Change who or when",            TO_DO,  STAYS,          DOERS,    ActionChanged,  when=plan_is_in_force, effect=keep_changed, done="Owner or time of an action changed"),
    Step("reopen",    "Open it again",                 (A.DONE, A.NOT_POSSIBLE), A.OPEN, DOERS,          when=plan_is_open, effect=open_again,   done="Action opened again"),
)
PLAN_ACTION = Workflow("plan-action", PlanAction, A,
    Step("carry",     "Carry it on",                   NEW,    A.OPEN,         SYSTEM,   done="Action carried on into the next version"),
    Step("carry-on",  "Carry it on, in hand",          NEW,    A.IN_PROGRESS,  SYSTEM,   done="Action in hand carried on into the next version"),
    *also(BECOMES, **{step.name: looked_at_anew for step in BECOMES}),
    Step("supersede", "Superseded with its plan",      TO_DO,  A.SUPERSEDED,  SYSTEM,   done="Action superseded with its version"),
    *SAFETY,
    label="action of the safety plan", finished={A.DONE, A.NOT_POSSIBLE, A.SUPERSEDED},
)
# fmt: on
