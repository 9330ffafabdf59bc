"""The decision log of a case, and the minimum standards before it is closed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Case, LoggedDecision
from cases.models.standard import Line, lines_of
from cases.panels.deciding import logged
from cases.steps.case import CASE
from cases.steps.standard import EXCEPTION
from cases.views.door import open_case
from workflow.numbers import id_in
from workflow.pages.records import page

PAGE = 20  # decisions


@require_safe
@page
def decisions_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest first; `?before=` the decision before which a page begins. Two queries beside the door's."""
    case = open_case(request, reference)
    user: Any = request.user
    rows = logged(case, timezone.now())
    last = LoggedDecision.objects.filter(case=case, pk=id_in(request.GET.get("before")) or 0).first()
    if last is not None:
        rows = rows.filter(decided_at__lte=last.decided_at).exclude(decided_at=last.decided_at, pk__gte=last.pk)
    found = list(rows[: PAGE + 1])
    step = CASE.step("log-decision")
    may = step.who & user.roles_over(case.unit)
    context = {
        "case": case, "decisions": found[:PAGE], "first": last is None,
        "log_url": reverse("step", args=["case", case.pk, step.name]) if may else "",
        "next_page": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "cases/decisions.html", context)


@require_safe
@page
def standards_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Every standard of every report, met or not, with the exceptions; as many queries for one report as for fifty."""
    case = open_case(request, reference)
    user: Any = request.user
    lines = lines_of(case)
    held = user.roles_over(case.unit)
    is_open = case.state == Case.State.OPEN
    asks = is_open and EXCEPTION.step("ask").who & held
    closes = is_open and CASE.step("close").who & held
    context = {
        "case": case, "groups": groups_of(lines), "open_count": sum(line.is_open for line in lines),
        "ask_url": reverse("begin-in", args=[EXCEPTION.name, "ask", case.pk]) if asks else "",
        "close_url": reverse("step", args=["case", case.pk, "close"]) if closes else "",
    }  # fmt: skip
    return render(request, "cases/standards.html", context)


def groups_of(lines: list[Line]) -> list[tuple[Any, list[Line]]]:
    """(incident, its lines), the case as a whole first, then the reports from the newest."""
    order = sorted(lines, key=lambda line: -line.incident.pk if line.incident else float("-inf"))
    groups = [list(found) for _key, found in groupby(order, key=lambda line: line.incident and line.incident.pk)]
    return [(found[0].incident, found) for found in groups]
