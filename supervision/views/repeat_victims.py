"""The repeat victims at highest harm, each with the plan for them or the way to begin one; and the team's plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases.models import RepeatPlan
from cases.services.cohort import MOST, MOST_POINTS, Scored, cohort
from cases.steps.repeat_plan import PLANNERS
from people.services import names_for
from risk.models import current_grades
from supervision.queues.declared import PLANS
from supervision.views.plans_of_team import PAGE, plans_of_team, reviews_of
from workflow.pages.door import address, number

REVIEWS = ("repeat-plan-reviewed",)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list."""

    one: Scored
    name: str
    grade: str
    plan: RepeatPlan | None
    review: Any
    begin_url: str

    @property
    def person_url(self) -> str:
        return reverse("person", args=[self.one.person])

    @property
    def cases(self) -> list[tuple[str, str]]:
        return [(reference, reverse("case", args=[reference])) for reference in self.one.references[:5]]


@require_safe
@login_required
def repeat_victims_page(request: HttpRequest) -> HttpResponse:
    """`?from=` the place in the list; what is none begins again. Written down as looked at, with the cases shown."""
    user: Any = request.user
    if not user.holds(PLANS.who, None):
        raise PermissionDenied
    first, now = min(number(request.GET.get("from")), MOST), timezone.now()
    found, more = cohort(user, now, first, PAGE)
    lines = lines_of(found, user)
    audit.looked(
        by=user,
        kind=Access.Kind.VIEW,
        what="cases.repeat-victims",
        hits=sorted({case for one in found for case in one.cases} | {line.plan.case_id for line in lines if line.plan}),
    )
    context = {
        "lines": lines, "first": first == 0, "begins": first + 1, "most": MOST, "most_points": MOST_POINTS,
        "next_page": address({"from": first + PAGE}) if more else "",
    }  # fmt: skip
    return render(request, "supervision/repeat_victims.html", context)


def lines_of(found: list[Scored], user: User) -> list[Line]:
    """With names, grades, plans and the days of review: five queries, whatever their number."""
    people = [one.person for one in found]
    names, grades = names_for(people, user), current_grades({case for one in found for case in one.own})
    plans = {plan.person_id: plan for plan in plans_for(people, user)}
    reviews = reviews_of(RepeatPlan, plans.values(), REVIEWS)
    may_begin = user.holds(PLANNERS, None)
    return [
        Line(
            one, names[one.person], next((grades[case] for case in one.own if case in grades), ""),
            plan := plans.get(one.person), reviews.get(plan.pk) if plan else None,
            reverse("begin-in", args=["repeat-plan", "begin", one.own[0]]) if may_begin and not plan else "",
        )
        for one in found
    ]  # fmt: skip


def plans_for(people: list[int], user: User) -> Any:
    """Their plans that have not ended, whichever team's: nobody begins a second. One query. Index: repeat_plan_of_person."""
    return RepeatPlan.objects.open().visible_to(user).filter(person__in=people).select_related("case", "owner")


@require_safe
@login_required
def repeat_plans_page(request: HttpRequest) -> HttpResponse:
    """The plans of the team that have not ended."""
    return plans_of_team(request, PLANS, "supervision/repeat_plans.html", REVIEWS)
