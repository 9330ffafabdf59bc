"""What waits at the door: the list, one of them, and putting something down."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Case
from dvds.models import Intake
from dvds.steps import INTAKE
from dvds.steps.roles import HEARS, TAKERS
from workflow.declare import NEW
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, number
from workflow.pages.records import denied, page, pass_the_door, take_step


@require_safe
@for_roles(HEARS)
def intakes_page(request: HttpRequest) -> HttpResponse:
    """What waits, for whoever takes it up; for others what they put here themselves and still waits. Danger first, then who
    has waited longest. As many queries for one as for fifty. Index: intake_waiting.
    """
    user: Any = request.user
    rows = Intake.objects.visible_to(user).waiting().by_danger()
    last = rows.filter(pk=number(request.GET.get("after"))).values_list("first", "first_contact_at", "pk").first()
    if last:
        first, at, pk = last
        later = Q(first_contact_at__gt=at) | Q(first_contact_at=at, pk__gt=pk)
        rows = rows.filter(Q(first__gt=first) | Q(first=first) & later)
    ordered = rows.select_related("unit", "agency__unit", "recorded_by").order_by("first", "first_contact_at", "pk")
    found = list(ordered[: PAGE + 1])
    context = {
        "rows": found[:PAGE], "begins": last is None, "takes": bool(TAKERS & held_by(request)), "now": timezone.now(),
        "next_page": address({"after": found[PAGE - 1].pk}) if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "dvds/intakes.html", context)


@require_safe
@for_roles(HEARS, of_one=True)
@page
def intake_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing that waits, in the words in which it was said, and what may be done with it."""
    user: Any = request.user
    intake = Intake.objects.visible_to(user).select_related("unit", "agency__unit", "recorded_by", "application__case")
    found = intake.filter(pk=pk).first()
    if found is None:
        denied(Intake, user, pk=pk)
        raise Http404
    context = {"intake": found, "acts": acts_on(found, user), "now": timezone.now()}
    return render(request, "dvds/intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(HEARS)
@page
def put_down(request: HttpRequest, step: str) -> HttpResponse:
    """Put a request, or information, at the door."""
    return take_step(request, Intake(), first_step(step))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def put_down_beside(request: HttpRequest, step: str, folder: int) -> HttpResponse:
    """The same from the page of an investigation, which is not told of it."""
    row = first_step(step)
    seen = Case.objects.visible_to(request.user).filter(kind=Case.Kind.INVESTIGATION)  # type: ignore[arg-type]
    case = seen.select_related("unit").filter(pk=folder).first()
    if case is None:
        denied(Case, request.user, pk=folder)
        raise Http404
    pass_the_door(request, case)
    return take_step(request, Intake(investigation=case), row)


def first_step(name: str) -> Any:
    """The first step of that name. Raises Http404."""
    row = next((step for step in INTAKE.steps if step.name == name and step.source is NEW), None)
    if row is None:
        raise Http404
    return row
