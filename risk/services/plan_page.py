"""A safety plan as it is read: its actions by group, what is wanting, who shared and advised, and its versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from audit.models import Event
from risk.models import PlanAction, PlanActionKind, PlanInput, PlanReview, PlanShare, SafetyPlan
from risk.models.factor import labels_of
from risk.services.plans import Written, asked_and_open, written
from workflow.declare import WORKFLOWS
from workflow.models import Deadline
from workflow.models.record import about

REVIEWS = ("safety-plan-reviewed", "safety-plan-event")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as it is shown. `answers`: the risks in words; `acts`: what its reader may do, and where."""

    action: PlanAction
    answers: list[str]
    overdue: bool
    mark: str = ""
    acts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    lines: list[ActionLine]


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole plan."""

    plan: SafetyPlan
    facts: Written
    groups: list[Group]
    earlier: list[ActionLine]
    left_rows: list[tuple[str, str, str]]  # the key of a risk, the risk in words, why it has no action
    shares: list[PlanShare]  # struck-out ones among them, and among what was advised: they stay readable
    inputs: list[PlanInput]
    reviews: list[PlanReview]
    versions: list[SafetyPlan]
    review_due: Deadline | None

    @property
    def left(self) -> list[tuple[str, str]]:
        return [(label, why) for _factor, label, why in self.left_rows]

    @property
    def asked(self) -> list[PlanReview]:
        return asked_and_open(self.plan, self.reviews)

    @property
    def overdue(self) -> int:
        return sum(line.overdue for group in self.groups for line in group.lines)


def shown(plan: SafetyPlan, user: User, now: datetime, *, changed: dict[int, str] | None = None) -> Shown:
    """The plan for a reader at a moment (UTC): thirteen queries at most, however much it holds. `changed`: marks, by id."""
    facts = written(plan)
    keys = {key for row in (*facts.actions, *facts.earlier) for key in row.factors} | {row.factor for row in facts.left}
    labels = labels_of(keys, facts.risks)
    lines = lines_of(facts.actions, plan, user, labels, now, changed or {})
    return Shown(
        plan, facts, in_groups(lines), lines_of(facts.earlier, plan, None, labels, now, {}),
        [(row.factor, labels.get(row.factor, row.factor), row.why) for row in facts.left],
        list(PlanShare.objects.filter(plan=plan).order_by("shared_on", "pk")),
        list(PlanInput.objects.filter(plan=plan).order_by("said_on", "pk")),
        list(PlanReview.objects.standing().filter(plan=plan).select_related("recorded_by").order_by("-at", "-pk")),
        versions_of(plan), review_due(plan),
    )  # fmt: skip


def lines_of(
    rows: Iterable[PlanAction], plan: SafetyPlan, user: User | None, labels: dict[str, str], now: datetime,
    marks: dict[int, str],
) -> list[ActionLine]:  # fmt: skip
    """What somebody who holds a role over the case may do stands with each action; without a reader nothing does."""
    acts = acts_for(user, plan) if user else ()
    return [
        ActionLine(
            row, [labels.get(key, key) for key in row.factors], row.is_overdue(now), marks.get(row.pk, ""),
            [
                (label, reverse("step", args=["plan-action", row.pk, name]))
                for name, label in acts if stands_open(row, name)
            ],
        )
        for row in rows
    ]  # fmt: skip


def stands_open(action: PlanAction, name: str) -> bool:
    """Whether a step applies to the action as it stands: in its plan as it stands too."""
    table = WORKFLOWS["plan-action"]
    step = table.step(name)
    return action.state in table.sources(step) and action.plan.is_open and (step.when is None or step.when(action))


#: What is offered beside an action, in the order in which it is wanted: (step, short words).
ACTS = (
    ("done", "Say that it is done"), ("start", "Say that it is in hand"), ("change", "Change who or when"),
    ("replace", "Not possible: another instead"), ("give-up", "Not possible, nothing instead"),
    ("accept", "Decide: not possible"), ("reopen", "Open it again"),
)  # fmt: skip


def acts_for(user: User, plan: SafetyPlan) -> list[tuple[str, str]]:
    """Those whose step names a role of the reader over the case. One query."""
    held = user.roles_over(plan.scope)
    table = WORKFLOWS["plan-action"]
    return [row for row in ACTS if held & table.step(row[0]).who]


def in_groups(lines: Sequence[ActionLine]) -> list[Group]:
    """By group in the order of the kinds, empty ones left out; within one what is open stands first."""
    found = []
    for group in PlanActionKind.Group:
        mine = [line for line in lines if line.action.kind.group == group]
        if mine:
            found.append(Group(str(group.label), sorted(mine, key=lambda line: not line.action.is_open)))
    return found


def versions_of(plan: SafetyPlan) -> list[SafetyPlan]:
    """Every version of the case, the newest first. Index: safety_plan_of_case."""
    return list(SafetyPlan.objects.standing().filter(case=plan.case_id).select_related("recorded_by").order_by("-pk"))


def review_due(plan: SafetyPlan) -> Deadline | None:
    """The earliest day on which this version is to be looked at again."""
    rows = Deadline.objects.open().filter(**about(plan), policy__in=REVIEWS)
    return rows.order_by("due_at").first()


def changed_since(plan: SafetyPlan, since: datetime) -> dict[int, str]:
    """{action: new or changed} of the plan's own actions since a moment (UTC), from the names of the acts. One query.

    Index: event_of_subject.
    """
    model = PlanAction._meta
    acts = Event.objects.filter(chain=plan.case_id, subject_type=model.label_lower, at__gt=since)
    mine = acts.filter(subject_id__in=PlanAction.objects.filter(plan=plan).values("pk"))
    marks: dict[int, str] = {}
    for pk, name in mine.order_by("pk").values_list("subject_id", "name"):
        marks.setdefault(pk, NEW if name == f"{model.model_name}.add" else CHANGED)
    return marks


NEW, CHANGED = N_("New"), N_("Changed")
