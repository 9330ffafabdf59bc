"""The children of an incident on their page: each with what is missing and what is derived; and the unborn."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.forms.children import ExpectedChild
from cases.models import Incident
from cases.services.children import Child, as_children, child_rows, involve_unborn
from cases.steps.children import CARE_ROW, UNBORN_ROW, lacks_of
from cases.steps.incident import INCIDENT
from cases.views.incident import card, row_page, said_of_people
from workflow import drafts, engine
from workflow.models import Refusal, Refused
from workflow.pages.records import AtTheDoor, once, open_record, page, step_context
from workflow.pages.tasks import closed_by, section_url


@dataclass(frozen=True, slots=True)
class ChildCard:
    """One child of the incident: what the page of any person says, and what is the child's own."""

    of: Any
    child: Child
    lacks: list[str]
    kind: str


@step_context(INCIDENT.event("section.children"))
def children_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Every child of the record, the unborn among them."""
    user: Any = request.user
    now = timezone.now()
    rows = list(child_rows(CARE_ROW.rows_of(record).select_related("person", "incident"), user, now).order_by("pk"))
    said = said_of_people(record, "child", rows, user)
    names = {person: one.name for person, one in said.items()}
    ages = {person: one.birth.age_at(record.reported_at) for person, one in said.items() if one.birth}
    cards = []
    for row, child in zip(rows, as_children(rows, names, ages), strict=True):
        kind = UNBORN_ROW if row.unborn else INCIDENT.row_kind("child")
        cards.append(ChildCard(card(row, user, kind, said[row.person_id]), child, lacks_of(row), kind.name))
    urls = {
        "born": reverse("find-person", args=[record.pk, "child"]),
        "unborn": reverse("begin-child", args=[record.pk, "unborn"]),
    }
    return {"cards": cards, "add": urls, "own_right": sum(row.own_right for row in rows)}


for _kind in (UNBORN_ROW, CARE_ROW):
    step_context(INCIDENT.event(f"row.{_kind.name}"))(row_page)


@page
def begin_child(request: HttpRequest, incident: int, kind: str) -> HttpResponse:
    """Add an unborn child: when it is due, or nothing. A child that is born is looked for first."""
    record: Incident = open_record(request, INCIDENT.name, incident)
    if kind == CARE_ROW.name:
        return redirect("find-person", record.pk, "child")
    if kind != UNBORN_ROW.name:
        raise Http404
    if first := closed_by(record):
        raise AtTheDoor(section_url(record, first))
    user: Any = request.user
    if not engine.editable_by(record, user, user.roles_over(record.scope)):
        raise Refused(Refusal.STATE, "This record is not being written now, so nobody can be added to it.")
    form, status = ExpectedChild(), 200
    if request.method == "POST":
        drafts.keep(user, request.path, request.POST)
        form, status = ExpectedChild(request.POST), 422
        if form.is_valid():
            return _expected(request, record, form)
    elif left := drafts.kept(user, request.path):
        form = ExpectedChild(data=drafts.as_typed(left), kept=True)
    context = {
        "subject": record, "case": record.case, "workflow": INCIDENT, "path": request.path, "token": uuid.uuid4().hex,
        "form": form, "heading": "Add an unborn child", "back_url": section_url(record, INCIDENT.section("children")),
    }  # fmt: skip
    return render(request, "incident/fact.html", context, status=status)


def _expected(request: HttpRequest, record: Incident, form: ExpectedChild) -> HttpResponse:
    """Add it once, and go on to whose child it is."""
    user: Any = request.user

    def act() -> str:
        row = involve_unborn(incident=record, by=user, due_on=form.cleaned_data["due_on"])
        return reverse("change-row", args=[INCIDENT.name, record.pk, UNBORN_ROW.name, row.pk])

    url = once(request, act)
    drafts.drop(user, request.path)
    return redirect(url)
