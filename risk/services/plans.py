"""What a safety plan stands on and holds: the risks of the newest assessments, its live actions, reviews asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Incident, Involvement
from cases.models.answers.abuse import AbuseSign
from risk.models import (
    FactorLeft,
    PlanAction,
    PlanActionKind,
    PlanReview,
    Result,
    SafetyPlan,
    current_grades,
)
from risk.models.factor import ALSO, CHILDREN, SUSPECT, Risk, risks_of
from risk.models.plan_action import OPEN_STATES
from workflow import engine


@dataclass(slots=True)
class Written:
    """Everything that a plan says and stands on, fetched once. `earlier`: what was done in the versions before it."""

    plan: SafetyPlan
    actions: list[PlanAction]
    earlier: list[PlanAction]
    left: list[FactorLeft]
    risks: list[Risk]
    grade: str
    children: bool
    counting: list[PlanAction] = field(init=False)  # actions that answer a risk: to be done, or done and of use
    answered: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.counting = [row for row in (*self.actions, *self.earlier) if answers_still(row)]
        self.answered = frozenset(key for row in self.counting for key in row.factors)

    def is_left(self, key: str) -> bool:
        return any(row.factor == key for row in self.left)

    @property
    def unanswered(self) -> list[Risk]:
        """The risks that no action answers and of which nobody said why."""
        return [risk for risk in self.risks if risk.key not in self.answered and not self.is_left(risk.key)]

    def has_group(self, group: str) -> bool:
        return any(row.kind.group == group for row in self.counting)


def answers_still(action: PlanAction) -> bool:
    """What is not possible answers nothing, nor does what was done and left the risk unchanged (S2-001)."""
    done = action.state == PlanAction.State.DONE and action.result != Result.UNCHANGED
    return action.is_open or done


def written(plan: SafetyPlan) -> Written:
    """What the plan says now. Seven queries, however much it holds; kept with the record while a page or verb has it."""
    found: Written | None = vars(plan).get("written_at_hand")
    if found is None:
        rows = actions_for(plan)
        here = [row for row in rows if row.plan_id == plan.pk or row.is_open]
        found = Written(
            plan, here, [row for row in rows if row not in here],
            list(FactorLeft.objects.standing().filter(plan=plan).order_by("pk")), risks_of(plan.case_id),
            grade_of(plan.case), has_children(plan.case),
        )  # fmt: skip
        vars(plan)["written_at_hand"] = found
    return found


def actions_for(plan: SafetyPlan) -> list[PlanAction]:
    """Its own actions; what was done in the versions before it, back to one that was closed: a plan begun after that one
    answers anew; and, while it is being made, what is open of the version that it will follow: that goes on in it.

    By due moment, in one query. Index: plan_action_of_plan, plan_action_of_case.
    """
    closed = SafetyPlan.objects.filter(case=plan.case_id, state=SafetyPlan.State.CLOSED, number__lt=plan.number)
    since = Coalesce(Subquery(closed.order_by("-number").values("number")[:1]), 0)
    wanted = Q(plan=plan) | Q(
        case=plan.case_id, plan__number__lt=plan.number, plan__number__gt=since, state=PlanAction.State.DONE
    )
    if plan.supersedes_id and plan.state in (SafetyPlan.State.DRAFT, SafetyPlan.State.SENT):
        wanted |= Q(plan=plan.supersedes_id, state__in=OPEN_STATES)
    rows = PlanAction.objects.standing().filter(wanted)
    return list(rows.select_related("kind", "owner", "plan", "replaced_by__kind").order_by("due_at", "pk"))


@dataclass(frozen=True, slots=True)
class Graded:
    """How a case of another kind than an investigation is graded, and whether children are in it: both by its id."""

    grade: Callable[[int], str]
    children: Callable[[int], bool]


_OTHERWISE: dict[str, Graded] = {}


def graded_otherwise(kind: str, graded: Graded) -> None:
    """Declare it, in the app whose records are graded; a kind said twice stops the program."""
    if kind in _OTHERWISE:
        raise LookupError(f"Two sources grade a {kind}.")
    _OTHERWISE[kind] = graded


def grade_of(case: Case) -> str:
    """The grade that a plan of this case answers: of the ledger, or of the record that a case of another kind is about."""
    if graded := _OTHERWISE.get(case.kind):
        return graded.grade(case.pk)
    return current_grades([case.pk]).get(case.pk, "")


def has_children(case: Case) -> bool:
    if graded := _OTHERWISE.get(case.kind):
        return graded.children(case.pk)
    rows = Involvement.objects.standing().filter(case=case, part=Involvement.Part.CHILD)
    return bool(rows.exists())


@dataclass(frozen=True, slots=True)
class Offered:
    """A risk that nothing answers yet, with the kinds of action that may."""

    risk: Risk
    kinds: list[PlanActionKind]


def offers_for(plan: SafetyPlan) -> list[Offered]:
    """Templates for what nothing answers yet; for a parent harmed by their own child theirs stand first. Two queries more."""
    facts = written(plan)
    open_risks = [*facts.unanswered, *(Risk(key, _(ALSO[key]), True) for key in uncovered(facts))]
    family = is_child_to_parent(plan.case_id)
    kinds = [kind for kind in PlanActionKind.objects.offered() if family or not kind.child_to_parent]
    kinds.sort(key=lambda kind: not kind.child_to_parent)
    return [Offered(risk, [kind for kind in kinds if fits(kind, risk.key)]) for risk in open_risks]


def uncovered(facts: Written) -> list[str]:
    """Children who are linked and nothing is done for, and a suspect whom nothing faces, unless somebody said why."""
    wanted = {CHILDREN: facts.children, SUSPECT: True}
    group = {CHILDREN: PlanActionKind.Group.CHILDREN, SUSPECT: PlanActionKind.Group.SUSPECT}
    return [
        key
        for key, is_wanted in wanted.items()
        if is_wanted and not facts.has_group(group[key]) and not facts.is_left(key)
    ]


def fits(kind: PlanActionKind, key: str) -> bool:
    return kind.group == key if key in ALSO else key in kind.factors


def is_child_to_parent(case_id: int) -> bool:
    """Whether the suspect of an incident of the case is a child of the person harmed, by the connection recorded (S0-009)."""
    signs = Incident.objects.standing().filter(case=case_id, abuse_signs__contains=[AbuseSign.CHILD_TO_PARENT])
    ties = Involvement.objects.standing().filter(case=case_id, part=Involvement.Part.SUSPECT, relationship="SD")
    return bool(ties.exists() or signs.exists())


def asked_and_open(plan: SafetyPlan, reviews: Iterable[PlanReview]) -> list[PlanReview]:
    """The reviews asked for since the plan was last reviewed, newest first."""
    rows = sorted((row for row in reviews if row.plan_id == plan.pk), key=lambda row: (row.at, row.pk))
    last = max((n for n, row in enumerate(rows) if row.kind == PlanReview.Kind.REVIEWED), default=-1)
    return [row for row in rows[last + 1 :] if row.kind == PlanReview.Kind.ASKED][::-1]


def review_plans_of(case: Case, why: str, at: datetime, by: User | None = None) -> list[SafetyPlan]:
    """Make a review of each open plan of the case due on what happened (B.7); as the system where nobody is named.

    `why` is a sentence that stands on the plan and in no notice. A second call with the same words while the first stands
    open changes nothing, so that a worker may run it twice. Returns the plans that were asked to be reviewed.
    """
    actor = by or User.objects.system()
    asked = []
    for plan in SafetyPlan.objects.open().filter(case=case).order_by("pk"):
        reviews = PlanReview.objects.standing().filter(plan=plan)
        if any(row.words == why for row in asked_and_open(plan, reviews)):
            continue
        asked.append(engine.perform(plan, "ask-review", by=actor, evidence={"reason": why}, seen=plan.version, at=at))
    return asked


def action_offered(plan: SafetyPlan, kind_id: int) -> PlanAction | None:
    """An unsaved action of the plan with the words of a kind and the risks that it answers here; None where the kind is
    not offered. Two queries, and one for the kind.
    """
    kind = PlanActionKind.objects.offered().filter(pk=kind_id).first()
    if kind is None:
        return None
    known = [risk.key for risk in risks_of(plan.case_id)]
    return PlanAction(plan=plan, kind=kind, what=kind.words, factors=[key for key in known if key in kind.factors])
