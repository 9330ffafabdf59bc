"""Serial perpetrators: whom one's own work suspects of harming several people, with the plan, or the way to look at the flag."""

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
from cases.models import SerialPlan
from cases.services.serial import MOST, Serial, in_force, serial_cohort
from cases.steps.serial_plan import PLANNERS
from people.services import names_for
from risk.models import current_grades
from supervision.queues.declared import SERIAL
from supervision.views.plans_of_team import PAGE, plans_of_team, reviews_of
from workflow.pages.door import address, number

REVIEWS = ("serial-plan-reviewed", "serial-set-aside")


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list: what was made of the flag, and whether more were harmed since."""

    one: Serial
    name: str
    grade: str
    plan: SerialPlan | None
    review: Any
    begin_url: str
    aside_url: str

    @property
    def person_url(self) -> str:
        return reverse("person", args=[self.one.person])

    @property
    def plan_url(self) -> str:
        if self.plan is None:
            return ""
        aside = self.plan.state == SerialPlan.State.SET_ASIDE
        return reverse("step", args=["serial-plan", self.plan.pk, "review"]) if aside else self.plan.get_absolute_url()

    @property
    def more(self) -> bool:
        """Set aside, or ended, while fewer were harmed: to be looked at again."""
        return self.plan is not None and self.plan.state in SerialPlan.OVER and self.one.harmed > self.plan.harmed

    @property
    def cases(self) -> list[tuple[str, str]]:
        return [(reference, reverse("case", args=[reference])) for reference in self.one.references[:5]]


@require_safe
@login_required
def serial_page(request: HttpRequest) -> HttpResponse:
    """`?from=` the place in the list; what is none begins again. Written down as looked at, with the cases shown."""
    user: Any = request.user
    if not user.holds(SERIAL.who, None):
        raise PermissionDenied
    first, now = min(number(request.GET.get("from")), MOST), timezone.now()
    found, more = serial_cohort(user, now, first, PAGE)
    audit.looked(
        by=user, kind=Access.Kind.VIEW, what="cases.serial", hits=sorted({case for one in found for case in one.cases})
    )
    context = {
        "lines": lines_of(found, user), "first": first == 0, "begins": first + 1, "most": MOST, "meant": in_force(now),
        "next_page": address({"from": first + PAGE}) if more else "",
    }  # fmt: skip
    return render(request, "supervision/serial.html", context)


def lines_of(found: list[Serial], user: User) -> list[Line]:
    """With names, grades, plans and the days of review: five queries, whatever their number."""
    people = [one.person for one in found]
    names, grades = names_for(people, user), current_grades({case for one in found for case in one.own})
    rows = SerialPlan.objects.standing().visible_to(user).filter(person__in=people).select_related("case", "lead")
    plans = {plan.person_id: plan for plan in rows.order_by("pk")}
    reviews = reviews_of(SerialPlan, plans.values(), REVIEWS)
    may = user.holds(PLANNERS, None)
    lines = []
    for one in found:
        plan = plans.get(one.person)
        begins = may and bool(one.own) and (plan is None or plan.state in SerialPlan.OVER)
        begin, aside = (
            [reverse("begin-in", args=["serial-plan", step, one.own[0]]) for step in ("begin", "set-aside")]
            if begins else ["", ""]
        )  # fmt: skip
        grade = next((grades[case] for case in one.own if case in grades), "")
        lines.append(Line(one, names[one.person], grade, plan, reviews.get(plan.pk) if plan else None, begin, aside))
    return lines


@require_safe
@login_required
def serial_plans_page(request: HttpRequest) -> HttpResponse:
    """The plans of the team that have not ended."""
    return plans_of_team(request, SERIAL, "supervision/serial_plans.html", REVIEWS)
