"""Systems checked: the page of all of them, and the page on which one check is recorded, or its system asked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.forms.systems import NewCheck, ToAsk
from cases.models import Case, CheckedSystem, SystemCheck
from cases.models.taking_part import parts_in
from cases.panels.systems import matrix
from cases.services.systems import SYSTEMS, NotAnswered, Result, ask
from cases.steps.systems import CHECKS, SYSTEM_CHECK
from cases.views.door import open_case
from workflow import drafts, engine
from workflow.models import Refusal, Refused
from workflow.pages.records import once, page, step_form, take_step

RECORD = SYSTEM_CHECK.step("record")


@require_safe
@page
def systems_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody of the case with every system, struck-out checks too."""
    case = open_case(request, reference)
    user: Any = request.user
    held = user.roles_over(case.unit)
    context = {
        "case": case,
        "matrix": matrix(case, user, timezone.now()),
        "held": held,
        "may_record": bool(held & CHECKS),
    }
    return render(request, "cases/systems.html", context)


@page
def check_page(request: HttpRequest, reference: str, code: str, person: int | None = None) -> HttpResponse:
    """Record a check of one system, of one person where one is named; or have the system asked, where it answers."""
    case = open_case(request, reference)
    system = CheckedSystem.objects.offered().filter(code=code).first()
    if system is None or (person is not None and not involved(case, person)):
        raise Http404
    record = SystemCheck(case=case, system=system, person_id=person)
    more = {"case": case, "answers": system.code in SYSTEMS, "system": system}
    if request.method == "POST" and "ask" in request.POST and more["answers"]:
        return _ask(request, record, more)
    return take_step(request, record, RECORD, **more)


def involved(case: Case, person: int) -> bool:
    return any(part.person_id == person for part in parts_in(case.pk))


def _ask(request: HttpRequest, record: SystemCheck, more: dict[str, Any]) -> HttpResponse:
    """Ask the system and keep its answer; where it gives none, whatever was typed stays and a person looks."""
    user: Any = request.user
    engine.refuse_unless_allowed(SYSTEM_CHECK, RECORD, record, user, seen=None, at=timezone.now())
    if not record.system.may_be_checked_by(user.roles_over(record.scope)):
        raise Refused(Refusal.ROLE, _("Your role may not check %(system)s.") % {"system": record.system.label})
    asked = ToAsk(request.POST, subject=record)
    if not asked.is_valid():
        return _again(request, record, more, errors=asked.errors)
    said = asked.cleaned_data
    try:
        result = ask(record.system, said["names"], said["births"])
        url = once(request, lambda: _keep(record, said, result, user))
    except NotAnswered as why:
        return _again(request, record, more, why=str(why))
    except Refused as refusal:
        if refusal.kind is not Refusal.FORM:
            raise
        return _again(request, record, more, why=_("What it answered cannot be kept as it is."))
    drafts.drop(user, request.path)
    return redirect(url)


def _keep(record: SystemCheck, said: dict[str, Any], result: Result, user: Any) -> str:
    found = SystemCheck.Found.SOMETHING if result.found else SystemCheck.Found.NOTHING
    evidence = {
        "system": record.system.code, "person": said["person"] or "", "names": "\n".join(said["names"]),
        "births": "\n".join(said["births"]), "births_unknown": said["births_unknown"], "places": said["places"],
        "checked_at": timezone.now().isoformat(), "found": found, "result": result.words, "reference": result.reference,
    }  # fmt: skip
    blank = SystemCheck(case=record.case, by_adapter=True)
    engine.perform(blank, RECORD.name, by=user, evidence=evidence)
    return reverse("systems-checked", args=[record.case.reference])


def _again(
    request: HttpRequest, record: SystemCheck, more: dict[str, Any], *, errors: Any = None, why: str = ""
) -> HttpResponse:
    """The page as it was typed, with what is wrong, or that the system did not answer."""
    drafts.keep(request.user, request.path, request.POST)  # type: ignore[arg-type]
    form = NewCheck(data=request.POST, kept=True, subject=record)
    form.errors.update(errors or {})
    words = _("%(system)s did not answer: %(why)s Look there yourself, and record below what it says.")
    refusal = Refused(Refusal.GUARD, words % {"system": record.system.label, "why": why}) if why else None
    return step_form(request, record, RECORD, form, refusal=refusal, status=422, **more)
