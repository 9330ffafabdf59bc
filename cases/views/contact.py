"""Safe contact in an incident: set once while standing there, asked again at the next; and every version there was."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.forms.contact import SafeWays
from cases.models import SafeContact
from cases.panels.contact import Version, versions_of
from cases.services.contact import asked_since, in_force
from cases.steps.incident import INCIDENT
from cases.views.door import open_case
from people.models import Telephone
from workflow import drafts
from workflow.numbers import id_in
from workflow.pages.records import page, step_context
from workflow.pages.tasks import step_url

PAGE = 20  # versions


@step_context(INCIDENT.event("section.contact"))
def contact_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The version in force with "Still true?", or the boxes that set the first one, sent to the step's own page."""
    plan = in_force(record.case)
    ways, still = INCIDENT.step("safe-contact"), INCIDENT.step("still-safe")
    context: dict[str, Any] = {
        "plan": plan, "asked": plan is not None and asked_since(plan, record.recorded_at),
        "set_url": step_url(record, ways), "still_url": step_url(record, still), "once": uuid.uuid4().hex,
    }  # fmt: skip
    if plan is None:
        known, form = numbers_of(record), ways_form(request, record, step_url(record, ways))
        context |= {"ways": offering(form, known), "numbers": known}
    return context


def offering(form: SafeWays, known: list[Telephone]) -> SafeWays:
    """The boxes for a number offer those that are known while somebody types: picked, not typed again, once found safe."""
    for box in ("call", "text_to") if known else ():
        form.fields[box].widget.attrs["list"] = "known-numbers"
    return form


def ways_form(request: HttpRequest, record: Any, url: str) -> SafeWays:
    """The step's boxes, with what this person left on the step's own page."""
    user: Any = request.user
    left = drafts.kept(user, url)
    return SafeWays(data=drafts.as_typed(left), kept=True, subject=record) if left else SafeWays(subject=record)


def numbers_of(record: Any) -> list[Telephone]:
    """What this case knows already of the telephones of the person harmed: shown, never filled in, as none is safe yet."""
    harmed = record.people("victim").values("person")
    return list(Telephone.objects.standing().filter(case=record.case_id, person__in=harmed).newest_first()[:5])


@require_safe
@page
def contact_versions(request: HttpRequest, reference: str) -> HttpResponse:
    """Every version with who, when and why, the newest first. Never a code word."""
    case = open_case(request, reference)
    before = id_in(request.GET.get("before"))
    rows: list[Version] = versions_of(SafeContact.objects.standing().filter(case=case), before, PAGE + 1)
    more = rows[PAGE - 1].plan.pk if len(rows) > PAGE else None
    context = {"case": case, "versions": rows[:PAGE], "more": more, "now": timezone.now()}
    return render(request, "cases/contact_versions.html", context)
