"""THE TABLE of a task: raised by a fact or by somebody, done by the role that owes it or whoever leads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, SUPERVISORS, SYSTEM, roles
from cases.forms.task import NewTask, TaskDone, TaskNotNeeded
from cases.models import Task
from cases.models.linked_referral import ASKED_BY_TASK
from cases.models.task import TABLE, TASK_KINDS
from cases.steps.safety import CAREFUL, SAFETY, Said
from workflow.declare import NEW, Step, Workflow, in_a_folder
from workflow.policies import HOLDER

S = Task.State
# Whoever leads may do what those beneath owe; an inspector's task is no sergeant's.
ABOVE: dict[str, frozenset[str]] = {
    "inspector": roles("superintendent"),
    "superintendent": roles("chief_officer"),
    "chief_officer": frozenset(),
    "disclosure_officer": roles("disclosure_supervisor"),
}
LEADERS = SUPERVISORS | COMMAND
OWE = (
    frozenset(row.role for row in TABLE if row.role != HOLDER)
    | LEADERS
    | roles("chief_officer", "disclosure_supervisor")
)
MAY_HOLD = CAREFUL if any(row.role == HOLDER for row in TABLE) else frozenset()


def may_end(task: Any) -> frozenset[str]:
    """The roles that owe the task, and those above them."""
    return frozenset({task.owed_by}) | ABOVE.get(task.owed_by, LEADERS)


def theirs(task: Any, user: User) -> str:
    """Guard: the role that owes it, whoever holds the case where the holder owes it, or whoever is above them.

    The program ends what a fact of the case has answered.
    """
    if user.roles_over(task.scope) & (may_end(task) | SYSTEM):
        return ""
    if task.owed_by == HOLDER and task.case.holder_of("investigation") == user.pk:
        return ""
    return "You cannot do this. It is for whoever owes it, or whoever leads them."


def referred(task: Any, user: User) -> str:
    """Guard: a task that asks for a referral is done by the referral itself, which ends it as the program."""
    if task.kind not in ASKED_BY_TASK or user.username == User.SYSTEM:
        return ""
    return "Not available. Record the referral to the linked team: that ends this task."


def keep_task(task: Any, said: Said, by: User, at: datetime) -> None:
    """Who owes it follows from the kind."""
    task.kind, task.why, task.owed_by = said["kind"], said["why"], TASK_KINDS[said["kind"]].role


def keep_outcome(task: Any, said: Said, by: User, at: datetime) -> None:
    task.outcome, task.ended_at, task.ended_by = said["outcome"], at, by


# fmt: off
TASK = Workflow("task", Task, S,
    Step("raise",      "Give somebody a task",    NEW,     S.TO_DO,      CAREFUL | SYSTEM | roles("crime_registrar", "intelligence_officer"), NewTask, guards=(in_a_folder,), effect=keep_task, done="Task raised"),
    Step("done",       "Say what was done",       S.TO_DO, S.DONE,       OWE | MAY_HOLD | SYSTEM, TaskDone,      guards=(theirs, referred), effect=keep_outcome, done="Task done"),
    Step("not-needed", "Say it is not needed",    S.TO_DO, S.NOT_NEEDED, LEADERS,        TaskNotNeeded, guards=(theirs,), effect=keep_outcome, done="Task not needed"),
    *SAFETY,
    label="task", finished={S.DONE, S.NOT_NEEDED},
)
# fmt: on
