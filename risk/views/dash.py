"""The page of questions: what is already known, the questions, the progress, the grade."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from risk.forms import Questions
from risk.models import Assessment, RiskThreshold, rows_of
from risk.services.history import day_of
from risk.services.page import Said, copy_answer, keep_page
from risk.views.context import dash_context, read_context
from risk.views.lines import Typed
from workflow import drafts, engine
from workflow.declare import all_missing
from workflow.models import Refusal, Refused
from workflow.numbers import id_in, version_in
from workflow.pages.records import open_record, page

SAVE, BACK, REASONS, GRADE, SEND, STOP = "save", "back", "reasons", "grade", "send", "stop"
#: Presses that name something: a further set to begin, the question whose earlier answer is still true.
BEGIN, COPY = "begin:", "copy:"
#: Presses that ask for the reasons to be good enough; the others keep them as they are typed.
EARNEST = frozenset({REASONS, GRADE, SEND})
SAVES_GRADE = frozenset({BACK, GRADE, SEND})


@require_http_methods(["GET", "POST"])
@page
def dash(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the questions, or keep what was said; read-only where the person may not change it."""
    assessment = open_record(request, "assessment", pk)
    user: Any = request.user
    if request.method == "POST":
        return _keep(request, assessment)
    if not engine.editable_by(assessment, user, user.roles_over(assessment.scope)):
        return render(request, "risk/read.html", read_context(assessment, user))
    left = drafts.kept(user, request.path)
    typed = Typed(drafts.as_typed(left) if left else None, saved_at=left.saved_at if left else None)
    return _show(request, assessment, typed)


def _keep(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    user: Any = request.user
    drafts.keep(user, request.path, request.POST)
    form = Questions(request.POST, rows=rows_of(assessment))
    if not form.is_valid():
        return _show(request, assessment, Typed(request.POST, form=form), status=422)
    doing = request.POST.get("do", SAVE)
    said = _said(form, assessment, doing)
    try:
        fresh = keep_page(assessment, said, by=user, seen=_seen(request))
    except Refused as refusal:
        if refusal.kind not in (Refusal.FORM, Refusal.GUARD, Refusal.STALE):
            raise
        return _refused(request, assessment, form, refusal)
    _keep_the_rest(request, fresh, said)
    drafts.arrived(user, request.POST)
    if doing == GRADE and not said.grade:
        form.add_error("grade", "Choose a grade")
        return _show(request, fresh, Typed(request.POST, form=form), status=422)
    try:
        return _onward(request, fresh, doing)
    except Refused as refusal:
        return _refused(request, fresh, form, refusal)


def _said(form: Questions, assessment: Assessment, doing: str) -> Said:
    """What this press says. Reasons that are too short yet, and a grade without them, stay as they are typed."""
    cleaned = form.cleaned_data
    least = RiskThreshold.objects.in_force(day_of(timezone.now()))["reasons_least"]
    reasons: str | None = cleaned["reasons"] if "reasons" in form.data else None
    if doing not in EARNEST and reasons is not None and len(reasons.strip()) < least:
        reasons = None
    may_grade = doing in (GRADE, SEND) or (doing == BACK and bool(reasons or assessment.reasons_at))
    grade = cleaned["grade"] if may_grade else ""
    return Said(
        form.answers(), form.of_honour(), form.explained(), reasons or None if doing != REASONS else reasons, grade,
        cleaned["why_below"] if grade else "",
    )  # fmt: skip


def _keep_the_rest(request: HttpRequest, fresh: Assessment, said: Said) -> None:
    """Leave as this person's draft what is typed and could not be saved yet; drop what was."""
    user: Any = request.user
    rest = QueryDict(mutable=True)
    if said.reasons is None and request.POST.get("reasons", "").strip() != fresh.reasons:
        rest["reasons"] = request.POST.get("reasons", "")
    if not said.grade:
        rest.update({name: request.POST[name] for name in ("grade", "why_below") if request.POST.get(name)})
    drafts.drop(user, request.path)
    drafts.keep(user, request.path, rest)


def _onward(request: HttpRequest, fresh: Assessment, doing: str) -> HttpResponse:
    if doing == BACK:
        if fresh.follows is not None:
            return redirect(fresh.follows.get_absolute_url() + "#further")
        return redirect("record", "incident", fresh.incident_id)
    if doing.startswith(BEGIN):
        return redirect(_further(request, fresh, doing.removeprefix(BEGIN)))
    if doing.startswith(COPY):
        return _copied(request, fresh, id_in(doing.removeprefix(COPY)) or 0)
    if doing == SEND:
        return _send(request, fresh)
    if doing == STOP:
        return redirect("step", "assessment", fresh.pk, "stop")
    return redirect(fresh.get_absolute_url() + ("#grade" if doing in (REASONS, GRADE) else ""))


def _further(request: HttpRequest, fresh: Assessment, code: str) -> str:
    """Begin a further set of the same incident and give its page; one that is begun already is opened."""
    sets = Assessment.objects.standing().filter(incident=fresh.incident_id, instrument_version__instrument__code=code)
    begun = sets.first()
    if begun is None:
        blank, user = Assessment(incident=fresh.incident, case=fresh.case), request.user
        begun = engine.perform(blank, "follow", by=user, evidence={"code": code})  # type: ignore[arg-type]
    return begun.get_absolute_url()


def _copied(request: HttpRequest, fresh: Assessment, place: int) -> HttpResponse:
    user: Any = request.user
    copy_answer(fresh, place, by=user)
    return redirect(f"{fresh.get_absolute_url()}#q{place}")


def _send(request: HttpRequest, fresh: Assessment) -> HttpResponse:
    """On to sending the incident, once this part of it is whole; else the page again, with a sentence at each gap."""
    if all_missing(fresh):
        return _show(request, fresh, Typed(request.POST, finishing=True), status=422)
    if all_missing(fresh.incident):
        return redirect("record", "incident", fresh.incident_id)
    return redirect(reverse("step", args=["incident", fresh.incident_id, "submit"]))


def _refused(request: HttpRequest, assessment: Assessment, form: Questions, refusal: Refused) -> HttpResponse:
    """The page again: what came before the refusal is saved, everything typed is still there."""
    fresh = Assessment.objects.select_related("case__unit").get(pk=assessment.pk)
    typed = Typed(request.POST, form=form, refusal=refusal, seen=_seen(request))
    return _show(request, fresh, typed, status=refusal.kind.status)


def _show(request: HttpRequest, assessment: Assessment, typed: Typed, *, status: int = 200) -> HttpResponse:
    context = dash_context(assessment, request.user, typed)  # type: ignore[arg-type]
    return render(
        request, "risk/dash.html", {**context, "path": request.path, "token": uuid.uuid4().hex}, status=status
    )


def _seen(request: HttpRequest) -> int:
    return version_in(request.POST.get("seen")) or 0
