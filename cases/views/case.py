"""The case page: who is harmed, who is in danger, what is late, what can I press; then what happened and the panels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from cases.panels import Panel, panels_of
from cases.panels.acts import acts_on
from cases.panels.dangers import dangers_of
from cases.panels.identity import identity_of, parties_of
from cases.panels.linked import links_of
from cases.panels.owed import Owed, owed_on, yours
from cases.panels.own import incidents_of
from cases.panels.timeline import timeline_of
from cases.views.door import open_case
from workflow.declare import workflow_of
from workflow.numbers import id_in
from workflow.pages.records import page

DRAWN = 3  # panels that load with the page; the rest are one press away


@dataclass(frozen=True, slots=True)
class Box:
    """A panel as the page draws it: with its content, or only its name and the way to open it."""

    panel: Panel
    rows: Any = None
    drawn: bool = False


@page
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The overview. `?panel=` opens one more panel, `?before=` earlier acts, `?met=all` what was met."""
    case = open_case(request, reference, agencies=True)
    user: Any = request.user
    now, held = timezone.now(), user.roles_over(case.unit)
    if not case.file_read:  # type: ignore[attr-defined]  # annotated by the door
        shown = boxes(case, user, held, now, request.GET.get("panel", ""), agencies=True)
        return render(request, "cases/case_of_agency.html", {"case": case, **shown})
    parties, incidents = parties_of(case, user), incidents_of(case, user, now)
    case.parties_shown, case.incidents_shown = parties, incidents  # type: ignore[attr-defined]
    owed = owed_on(case, now, all_met=request.GET.get("met") == "all")
    context = {
        "case": case, "identity": identity_of(case, user, parties), "dangers": dangers_of(case), "now": now,
        "owed": owed, "open_count": sum(line.deadline.is_open for line in owed),
        "late_count": sum(line.tone in ("late", "critical") and line.deadline.is_open for line in owed),
        "acts": acts_on(case, user, held, owed, in_focus(incidents, owed, user, held)),
        "timeline": timeline_of(case, user, now, id_in(request.GET.get("before"))),
        "links": links_of(case, held), "print_url": url_or_nothing("case-file", case.reference),
        **boxes(case, user, held, now, request.GET.get("panel", "")),
    }  # fmt: skip
    return render(request, "cases/case.html", context)


def in_focus(incidents: list[Any], owed: list[Owed], user: User, held: frozenset[str]) -> Any:
    """The record whose steps are offered: what this person owes first, else the newest unfinished, else the newest."""
    unfinished = {row.pk: row for row in incidents if row.state not in workflow_of(row).finished}
    label = next((row._meta.label_lower for row in incidents), "")
    for line in owed:
        of_a_record = line.deadline.subject_type == label and line.deadline.subject_id in unfinished
        if of_a_record and line.deadline.is_open and yours(line.deadline, user, held):
            return unfinished[line.deadline.subject_id]
    return next(iter([*unfinished.values(), *incidents]), None)


def boxes(
    case: Case, user: User, held: frozenset[str], now: datetime, asked: str, *, agencies: bool = False,
    but: frozenset[str] = frozenset(),
) -> dict[str, Any]:  # fmt: skip
    """The panels: the first three that have something to show, the one asked for, and the rest closed. `agencies`: those
    that whoever sees a conference through their agency has. `but`: those that the page draws itself.
    """
    made: list[Box] = []
    drawn = 0
    for panel in panels_of(case, held, agencies=agencies):
        if panel.name in but:
            continue
        if drawn >= DRAWN and panel.name != asked:
            made.append(Box(panel))
            continue
        rows = panel.rows(case, user, now)
        if rows or panel.name == asked:
            made.append(Box(panel, rows, drawn=True))
            drawn += panel.name != asked
    return {
        "side": [box for box in made if box.panel.side],
        "beneath": [box for box in made if not box.panel.side],
        "boxes": made,
    }


def url_or_nothing(name: str, *args: Any) -> str:
    """The address of a page that another app may or may not have."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
