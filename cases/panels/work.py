"""Tasks, threats to life and linked matters of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, LinkedStrand, Task, ThreatToLife
from cases.models.linked_referral import ASKED_BY_TASK
from cases.models.threat import ACTIONS
from cases.panels.registry import Panel, show
from cases.steps.task import may_end
from workflow.declare import WORKFLOWS
from workflow.pages.tasks import NOT_STARTED, TaskList, says_of_tasks
from workflow.policies import HOLDER


@dataclass(frozen=True, slots=True)
class Line:
    """One task, and where its reader may end it ("" where they may not)."""

    task: Task
    url: str


def tasks(case: Case, user: User, at: datetime) -> list[Line]:
    """Open ones first, the newest of each first. One query, and what the reader holds where there is any task."""
    rows = Task.objects.as_at(at).filter(case=case).select_related("recorded_by", "ended_by")
    found = sorted(rows.order_by("-pk"), key=lambda task: task.state != Task.State.TO_DO)
    held = user.roles_over(case.unit, at) if found else frozenset()
    holds = any(task.owed_by == HOLDER for task in found) and case.holder_of("investigation") == user.pk
    return [Line(task, url_of(task, held, holds)) for task in found]


def url_of(task: Task, held: frozenset[str], holds: bool) -> str:
    theirs = held & may_end(task) or (holds and task.owed_by == HOLDER)
    if task.state != Task.State.TO_DO:
        return ""
    if answered_by := BY_RECORD.get(task.kind):
        workflow, step = answered_by
        may = WORKFLOWS[workflow].step(step).who & held
        return reverse("begin-in", args=[workflow, step, task.case_id]) if may else ""
    return reverse("step", args=["task", task.pk, "done"]) if theirs else ""


#: Tasks that are done by a record of their own: the step that begins it.
BY_RECORD: dict[str, tuple[str, str]] = {
    **{kind: ("linked-referral", "send") for kind in ASKED_BY_TASK}, "serial_flag": ("serial-plan", "begin"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Threat:
    """A threat to life with what became of each action."""

    threat: ThreatToLife
    actions: list[tuple[str, str, str]]  # what, done or not, why not


def threats(case: Case, user: User, at: datetime) -> list[Threat]:
    rows = ThreatToLife.objects.as_at(at).filter(case=case).select_related("recorded_by", "decided_by", "reasons_by")
    return [Threat(row, actions_of(row)) for row in rows.order_by("-pk")]


def actions_of(threat: ThreatToLife) -> list[tuple[str, str, str]]:
    return [(row.label, getattr(threat, f"get_{row.code}_display")(), getattr(threat, row.why)) for row in ACTIONS]


@says_of_tasks("threat")
def actions_of_the_first(threat: ThreatToLife, user: User, tasks: TaskList, brief: bool) -> TaskList:
    """Nothing is missing of what nobody is asked; that it was done is another thing."""
    if threat.beside_id is None or any(done for _label, done, _why in actions_of(threat)):
        return tasks
    said = _("Asked of the first threat. Say here only what is done for this one besides")
    return tasks.amended("actions", status=_(NOT_STARTED), said=said)


def strands(case: Case, user: User, at: datetime) -> list[LinkedStrand]:
    return list(LinkedStrand.objects.as_at(at).filter(case=case).select_related("recorded_by"))


show(
    Panel("threats", "Threat to life", threats, "cases/panels/threats.html", "cases/paper/threats.html", order=22, side=True),
    Panel("tasks", "To do", tasks, "cases/panels/tasks.html", "cases/paper/tasks.html", order=25, side=True),
    Panel(
        "strands", "Linked with other matters", strands, "cases/panels/strands.html", "cases/paper/strands.html",
        order=40, side=True,
    ),
)  # fmt: skip
