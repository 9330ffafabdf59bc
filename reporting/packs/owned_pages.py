"""Whose a measure is, and what was said of it: read by whoever reads its figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from audit import services as audit
from audit.models import Access
from reporting.figures.asked import READS
from reporting.figures.pages import found_measure
from reporting.models import MeasureComment, MeasureOwner
from reporting.packs.owned import owners_of, said_of
from workflow.declare import WORKFLOWS
from workflow.numbers import id_in
from workflow.pages.door import PAGE, acts_on, for_roles, held_by, may_begin, older
from workflow.pages.records import page, take_step


@require_safe
@for_roles(READS, of_one=True)
def owner_page(request: HttpRequest, code: str) -> HttpResponse:
    """Who answers for the measure in each unit that they read, with its target."""
    user: Any = request.user
    measure = found_measure(code, user)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"reporting.measure:{measure.code}")
    rows = owners_of(measure, MeasureOwner.objects.visible_to(user))[:PAGE]
    context = {
        "measure": measure, "rows": [(row, acts_on(row, user)) for row in rows],
        "may_name": may_begin("measure-owner", "name", held_by(request)),
    }  # fmt: skip
    return render(request, "reporting/figures/owner.html", context)


@require_safe
@for_roles(READS, of_one=True)
def said_page(request: HttpRequest, code: str) -> HttpResponse:
    """What was said of the measure, the newest month first; `?before=` older ones. Index: comment_of_measure."""
    user: Any = request.user
    measure = found_measure(code, user)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"reporting.measure:{measure.code}")
    rows = said_of(measure, MeasureComment.objects.visible_to(user)).order_by("-pk")
    before = id_in(request.GET.get("before"))
    found, more = older(list((rows.filter(pk__lt=before) if before is not None else rows)[: PAGE + 1]))
    context = {
        "measure": measure, "rows": [(row, acts_on(row, user)) for row in found], "more": more, "first": before is None,
        "home": request.path, "may_say": may_begin("measure-comment", "say", held_by(request)),
    }  # fmt: skip
    return render(request, "reporting/figures/said.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
@for_roles(READS, of_one=True)
def name_owner(request: HttpRequest, code: str) -> HttpResponse:
    """Name who answers for the measure."""
    blank = MeasureOwner(measure=found_measure(code, request.user).code)
    return take_step(request, blank, WORKFLOWS["measure-owner"].step("name"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
@for_roles(READS, of_one=True)
def say_of(request: HttpRequest, code: str) -> HttpResponse:
    """Say something of a figure; `?month=` of which month."""
    blank = MeasureComment(measure=found_measure(code, request.user).code)
    return take_step(request, blank, WORKFLOWS["measure-comment"].step("say"))


__all__ = ["name_owner", "owner_page", "said_page", "say_of"]
