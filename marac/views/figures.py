"""Signing a quarter off, entering one, and a forum that looks at itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import COMMAND, roles
from marac.models import Forum, QuarterReturn, SelfAssessment
from marac.principles import SCORES
from marac.principles import TABLE as PRINCIPLES
from marac.services.counting import quarter_of
from marac.steps import QUARTER_RETURN, SELF_ASSESSMENT
from marac.steps.figures import SIGNERS
from workflow.declare import Step
from workflow.pages.door import acts_on, for_roles
from workflow.pages.records import page, take_step

#: Who reads what forums come to: whoever runs them, and whoever answers for the force.
READS = SIGNERS | COMMAND | roles("analyst", "command", "chief_officer")

YEARS = range(2000, 2100)


def found_forum(pk: int) -> Forum:
    """The forum; raises Http404 where there is none."""
    forum = Forum.objects.select_related("unit").filter(pk=pk).first()
    if forum is None:
        raise Http404
    return forum  # type: ignore[no-any-return]


def day_of(quarter: str) -> date:
    """The first day of a quarter from an address; raises Http404 for anything else."""
    try:
        day = parse_date(quarter)
    except ValueError:
        raise Http404 from None
    if day is None or day.year not in YEARS or day != quarter_of(day):
        raise Http404
    return day


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNERS, of_one=True)
@page
def sign_return(request: HttpRequest, pk: int, quarter: str) -> HttpResponse:
    """Sign the figures of one quarter off, as they are counted now."""
    return of_quarter(request, pk, quarter, QUARTER_RETURN.step("sign"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNERS, of_one=True)
@page
def enter_return(request: HttpRequest, pk: int, quarter: str) -> HttpResponse:
    """Enter the figures of a quarter that was not heard here."""
    return of_quarter(request, pk, quarter, QUARTER_RETURN.step("enter"))


def of_quarter(request: HttpRequest, pk: int, quarter: str, step: Step) -> HttpResponse:
    forum = found_forum(pk)
    return take_step(request, QuarterReturn(forum=forum, unit=forum.unit, begins_on=day_of(quarter)), step)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(SIGNERS, of_one=True)
@page
def begin_self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """A forum begins to look at itself."""
    forum = found_forum(pk)
    return take_step(request, SelfAssessment(forum=forum, unit=forum.unit), SELF_ASSESSMENT.step("begin"))


@require_safe
@for_roles(READS, of_one=True)
def self_assessment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The ten principles, how far each is met, what shows it, and what will be done."""
    user: Any = request.user
    found = SelfAssessment.objects.select_related("forum__unit", "unit", "recorded_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    words = dict(SCORES)
    lines = []
    for row in PRINCIPLES:
        said = found.answers.get(row.code, {})
        lines.append((row, said.get("score", ""), words.get(said.get("score", ""), ""), said.get("words", "")))
    before = SelfAssessment.objects.filter(forum=found.forum_id, pk__lt=found.pk).order_by("-pk").first()
    context = {
        "found": found,
        "lines": lines,
        "acts": acts_on(found, user),
        "before": before,
        "today": timezone.localdate(),
    }
    return render(request, "marac/self_assessment.html", context)
