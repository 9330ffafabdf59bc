"""The checks of a consideration: everybody with every system, a look, what it found, that nothing was found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from cases.models import CheckedSystem, SystemCheck
from cases.views.door import open_case
from dvds.models import Application, NoTrace
from dvds.services.checks import looked_up
from dvds.services.people import parts_of
from dvds.steps import CONSIDERATION, NO_TRACE
from dvds.steps.no_trace import CHECKERS
from workflow import engine
from workflow.declare import Step
from workflow.pages.records import page, take_step

BOTH = ("GET", "HEAD", "POST")


def considered(request: HttpRequest, reference: str) -> Application:
    """The consideration of a case that stands open to whoever asks. Raises Http404."""
    case = open_case(request, reference)
    application: Application | None = Application.objects.standing().filter(case=case).first()
    if application is None:
        raise Http404
    application.case = case
    return application


@require_safe
@page
def checks_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody with every system: what was found, what was searched, who agreed, and what still lacks."""
    application = considered(request, reference)
    user: Any = request.user
    people = looked_up(application, user)
    held = user.roles_over(application.scope)
    context = {
        "case": application.case, "application": application, "people": people, "user_id": user.pk,
        "lacking": sum(len(row.lacks) for row in people), "may": may(application, user, held),
    }  # fmt: skip
    return render(request, "dvds/looked.html", context)


def may(application: Application, user: User, held: frozenset[str]) -> set[str]:
    """Which of these this person may do now, in names that a template can ask for."""
    open_ones = {offer.step.name for offer in engine.offers(application, user, held) if not offer.refusal}
    names = {"look": "look", "not-available": "away", "add-trace": "trace", "strike-trace": "strike"}
    names |= {"finish-checks": "finish", "triage": "triage"}
    return {word for name, word in names.items() if name in open_ones} | ({"agree"} if held & CHECKERS else set())


@require_http_methods(BOTH)
@page
def look_page(request: HttpRequest, reference: str, code: str, person: int, step: str = "look") -> HttpResponse:
    """Record a look in one system for one person, or that it could not be asked."""
    application = considered(request, reference)
    system = CheckedSystem.objects.offered().filter(code=code).first()
    if system is None or not any(part.person_id == person for part in parts_of(application.case_id)):
        raise Http404
    vars(application).update(looked_in=code, looked_for=person)
    return back_here(request, application, CONSIDERATION.step(step), system=system)


@require_http_methods(BOTH)
@page
def found_page(request: HttpRequest, reference: str, look: int) -> HttpResponse:
    """Record one thing that a look found."""
    application = considered(request, reference)
    vars(application)["looked_at_check"] = look_of(application, look, SystemCheck.Found.SOMETHING).pk
    return back_here(request, application, CONSIDERATION.step("add-trace"))


@require_http_methods(BOTH)
@page
def nothing_page(request: HttpRequest, reference: str, look: int) -> HttpResponse:
    """Put a look that found nothing, recorded on the ordinary page, to a second person."""
    application = considered(request, reference)
    made = look_of(application, look, SystemCheck.Found.NOTHING)
    row = NoTrace(case=application.case, application=application, check_made=made)
    return back_here(request, row, NO_TRACE.step("propose"))


def look_of(application: Application, pk: int, found: str) -> SystemCheck:
    """A look of this case that stands. Raises Http404."""
    rows = SystemCheck.objects.standing().filter(case=application.case_id, state=SystemCheck.State.RECORDED)
    look: SystemCheck | None = rows.filter(pk=pk, found=found).select_related("system").first()
    if look is None:
        raise Http404
    return look


def back_here(request: HttpRequest, record: Any, step: Step, **more: Any) -> HttpResponse:
    """The page of a step; once it is taken, back to the checks."""
    url = reverse("considered-checks", args=[record.case.reference])
    answer = take_step(request, record, step, back_url=url, **more)
    return redirect(url) if answer.status_code == redirect("/").status_code and request.method == "POST" else answer
