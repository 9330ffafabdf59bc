"""What safety plans show elsewhere: their page and sections, the box of a case, the approval, the brief, the printed file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel, show
from cases.panels.timeline import Words, decided, tell
from cases.services.brief_lines import BriefLine, Scene, say_in_brief
from people.services import names_for
from risk.forms.plan_steps import PARTS
from risk.models import FactorLeft, PlanAction, PlanReview, Result, SafetyPlan
from risk.plan_checks import Checked, checked
from risk.services.checking import ToMend, plan_quality_for_review, to_mend
from risk.services.plan_page import ActionLine, Shown, changed_since, shown
from risk.services.plans import offers_for
from risk.services.quality import said_before
from risk.steps_of_plans import LEFT_ROW, SHARE_ROW
from workflow import approvals, engine
from workflow.declare import workflow_of
from workflow.models import Approval
from workflow.pages.beside import taken_beside
from workflow.pages.decisions import Review, review
from workflow.pages.records import step_context
from workflow.pages.sections import add_url
from workflow.pages.tasks import section_url


@step_context("safety-plan.page")
def plan_page(request: HttpRequest, plan: SafetyPlan) -> dict[str, Any]:
    """The plan to be read at a door, and what may be done with it."""
    user: Any = request.user
    now = timezone.now()
    checks, decided_last = checked(plan), approvals.last_decided(plan)
    return {
        "shown": shown(plan, user, now), "now": now, "checks": checks, "holds": sum(row.holds for row in checks),
        "decided": decided_last,
        "name": names_for([plan.person_id], user).get(plan.person_id, ""), "marked": marked(plan),
        "to_mend": still_asked(plan, decided_last), "strikes": bool(SHARE_ROW.strikers(plan.state) & user.roles_over(plan.scope)),
    }  # fmt: skip


def still_asked(plan: SafetyPlan, decided_last: Approval | None) -> ToMend | None:
    """What the quality check asks for: while the plan is written, and of one in force what was said of it as it was sent
    last. What was mended before is asked no more.
    """
    if plan.state not in (SafetyPlan.State.DRAFT, SafetyPlan.State.IN_FORCE):
        return None
    found = to_mend(plan)
    in_force = plan.state == SafetyPlan.State.IN_FORCE
    mended = in_force and found and decided_last and found.check.recorded_at < decided_last.asked_at
    return None if mended else found


def marked(plan: SafetyPlan) -> list[tuple[str, str]]:
    """The parts that were marked when the plan was returned: the words, and the section in which they are mended."""
    table, words = workflow_of(plan), dict(PARTS)
    return [(words.get(name, name), section_url(plan, table.section(name))) for name in plan.returned_parts]


@step_context("safety-plan.section.actions")
def actions_section(request: HttpRequest, plan: SafetyPlan) -> dict[str, Any]:
    """The actions with the way to each, and templates for the risks that nothing answers yet."""
    user: Any = request.user
    now = timezone.now()
    may_edit = engine.editable_by(plan, user, user.roles_over(plan.scope))
    return {
        "shown": shown(plan, user, now),
        "now": now,
        "offers": offers_for(plan) if may_edit else [],
        "left_url": add_url(plan, LEFT_ROW),
    }


@step_context("safety-plan.section.left")
def left_section(request: HttpRequest, plan: SafetyPlan) -> dict[str, Any]:
    user: Any = request.user
    return {"shown": shown(plan, user, timezone.now())}


@dataclass(frozen=True, slots=True)
class Box:
    """The plan of a case in its box and in the printed file, as recorded by a moment."""

    plan: SafetyPlan
    actions: list[PlanAction]
    left: list[FactorLeft]
    now: datetime

    @property
    def open(self) -> list[PlanAction]:
        return [row for row in self.actions if row.is_open]

    @property
    def overdue(self) -> int:
        return sum(row.is_overdue(self.now) for row in self.actions)


def plans_of(case: Case, user: User, at: datetime) -> list[Box]:
    """The version in force and the one being made; where neither stands, the newest. Three queries; one without a plan."""
    rows = list(
        SafetyPlan.objects.visible_to(user).as_at(at).filter(case=case).order_by("-pk").select_related("recorded_by")
    )
    chosen = [row for row in rows if row.is_open] or rows[:1]
    if not chosen:
        return []
    done = PlanAction.objects.as_at(at).filter(plan__in=chosen).select_related("kind", "owner").order_by("due_at", "pk")
    actions, left = list(done), list(FactorLeft.objects.as_at(at).filter(plan__in=chosen))
    return [
        Box(plan, [row for row in actions if row.plan_id == plan.pk], [row for row in left if row.plan_id == plan.pk], at)
        for plan in chosen
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanForReview:
    """What whoever approves reads first."""

    shown: Shown
    checks: list[Checked]
    now: datetime

    @property
    def holds(self) -> int:
        return sum(row.holds for row in self.checks)


def plan_for_review(plan: SafetyPlan, user: User, since: datetime | None) -> PlanForReview:
    """The checks with what is wanting, every action, and which of them are new or changed since the last look (UTC)."""
    marks = changed_since(plan, since) if since else {}
    now = timezone.now()
    return PlanForReview(shown(plan, user, now, changed=marks), checked(plan), now)


@dataclass(frozen=True, slots=True)
class ActionForReview:
    line: ActionLine
    now: datetime


def action_for_review(action: PlanAction, user: User, since: datetime | None) -> ActionForReview:
    """The action that is said not to be possible, with why."""
    now = timezone.now()
    return ActionForReview(ActionLine(action, [], action.is_overdue(now)), now)


def about_action(request: HttpRequest, action: PlanAction) -> dict[str, Any]:
    """Which action it is: whoever comes from a notice sees nothing else of the plan."""
    return {"consequences_title": _(action.kind.label), "consequences": [action.what, action.owned_by]}


for step in ("done", "start", "change", "replace", "give-up", "reopen"):
    step_context(f"plan-action.{step}")(about_action)


def works_in_brief(scene: Scene, user: User) -> list[BriefLine]:
    """That a plan is in force, and what of it has made somebody safer: of cases that stand open to the reader. Two queries.

    Only the kind of action is said; its words may tell where somebody is. Index: safety_plan_of_case.
    """
    cases = [pk for pk in scene.cases if pk in scene.open]
    plans = {row.case_id: row for row in SafetyPlan.objects.in_force().filter(case__in=cases)} if cases else {}
    said = [
        BriefLine("works", _("A safety plan is in force: read it"), scene.cases[pk], plan.get_absolute_url(), plan.recorded_at)
        for pk, plan in plans.items()
    ]  # fmt: skip
    good = [Result.REMOVED, Result.REDUCED]
    rows = PlanAction.objects.standing().filter(case__in=plans, state=PlanAction.State.DONE, result__in=good)
    for row in rows.select_related("kind").order_by("-ended_at") if plans else ():
        words = f"{row.kind.label}: {row.get_result_display()}"
        said.append(
            BriefLine("works", words, scene.cases[row.case_id], plans[row.case_id].get_absolute_url(), row.ended_at)
        )
    return said


show(
    Panel(
        "safety-plan", "Safety plan", plans_of, "risk/panels/safety_plan.html", "risk/panels/safety_plan_paper.html",
        order=26, side=True, kinds=frozenset({"investigation", "disclosure"}),
    )
)  # fmt: skip
tell(
    *(Words(f"safety-plan.{step}", decided(SafetyPlan), "decided_at", "reason") for step in ("approve", "return")),
    *(
        Words(f"safety-plan.{step}", lambda case: PlanReview.objects.filter(case=case), "at", "words")
        for step in ("review", "ask-review")
    ),
)
review(Review("safety-plan", 10, "risk/plan_review.html", plan_for_review))
# the checklist of B.8, on the page of the decision
review(Review("safety-plan", 11, "risk/quality.html", plan_quality_for_review))
taken_beside("safety-plan.plan", "safety-plan.check", said_before)
review(Review("plan-action", 10, "risk/plan_action_review.html", action_for_review))
say_in_brief("safety-plans", works_in_brief)
