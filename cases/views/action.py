"""The page of positive actions: one page of ticks, a row for each, details where there is more to say."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.forms.action import NOTHING_DONE, DoneTicks
from cases.models import ActionTaken, Incident
from cases.models.answers import NoArrest, PositiveAction
from cases.panels.arrest import done_in
from cases.services import tick_actions
from cases.steps.arrest import decided_about
from cases.steps.incident import INCIDENT
from cases.views.arrest import Guidance, may_write
from workflow import drafts
from workflow.declare import Section
from workflow.numbers import version_in
from workflow.pages.records import once, step_context
from workflow.pages.sections import next_url, ordinary_section, section_of_its_own, show_section
from workflow.pages.tasks import record_url

ACTING = Guidance(
    "What positive action means",
    (
        "Something is done at every report, whether or not anybody is arrested and whatever was asked for.",
        "Think of tonight first: who sleeps where, who has a key, who has the telephone.",
        "Then of the next days: locks, alarm, marker, children, notices and orders, support.",
        "Say what was offered and declined too. It will be offered again.",
    ),
)


@section_of_its_own(INCIDENT.event("section.done"))
def done_section(request: HttpRequest, record: Any, part: Section) -> HttpResponse:
    """Ticks while the record is being written; afterwards the rows."""
    user: Any = request.user
    if not may_write(record, user):
        return ordinary_section(request, record, part)
    if request.method == "POST":
        return _tick(request, record, part)
    left = drafts.kept(user, request.path)
    form = DoneTicks(data=drafts.as_typed(left), kept=True) if left else DoneTicks(initial=said_so_far(record))
    return show_section(request, record, part, form, saved_at=left.saved_at if left else None)


def said_so_far(record: Incident) -> dict[str, Any]:
    """The ticks as they stand, with what another section has said already: nothing is said twice."""
    rows = list(ActionTaken.objects.standing().filter(incident=record).order_by("pk"))
    ticked = [row.kind for row in rows]
    decisions = decided_about(record)
    if any(row.taken for row in decisions):
        ticked.append(PositiveAction.ARREST)
    if any(NoArrest.VOLUNTARY in row.codes for row in decisions):
        ticked.append(PositiveAction.VOLUNTARY_INTERVIEW)
    why = next((row.what for row in rows if row.is_none), "")
    return {
        "actions": list(dict.fromkeys(ticked)),
        "shown": ",".join(row.kind for row in rows),
        "no_action_reason": why,
    }


def _tick(request: HttpRequest, record: Incident, part: Section) -> HttpResponse:
    user: Any = request.user
    drafts.keep(user, request.path, request.POST)
    form = DoneTicks(data=request.POST)
    if form.is_valid() and PositiveAction.ARREST in form.cleaned_data["actions"]:
        if not any(row.taken for row in decided_about(record)):
            form.add_error(
                "actions", "Nobody is said to be arrested. Say so under Arrest, or why not, or leave Arrest out here"
            )
    if not form.is_valid():
        seen = version_in(request.POST.get("seen"))
        return show_section(request, record, part, form, status=422, seen=seen, saved_at=timezone.now())

    def act() -> str:
        said = form.cleaned_data
        tick_actions(
            incident=record,
            ticked=said["actions"],
            shown=said["shown"].split(","),
            why_none=said["no_action_reason"],
            by=user,
        )
        return record_url(record) if "back" in request.POST else next_url(record, part)

    url = once(request, act)
    drafts.drop(user, request.path)
    return redirect(url)


@step_context(INCIDENT.event("section.done"))
def lines_of_section(request: HttpRequest, record: Any) -> dict[str, Any]:
    return {"done": done_in([record]), "guidance": {"field": ACTING}, "nothing_done": NOTHING_DONE}
