"""The figures of feedback, and the page that says what was heard and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import PARTNERS, ROLES, roles
from audit import services as audit
from audit.models import Access
from reporting.charts.points import Interval, wilson
from reporting.feedback.people import DECIDERS, KEEPERS, READS_SCORES, SURVEYORS
from reporting.feedback.scores import Response, Score, partners_say, responses, satisfaction
from reporting.models import FeedbackFinding, Questionnaire
from reporting.models.feedback import OF_THE_HARMED, Audience, Stage
from workflow.declare import WORKFLOWS
from workflow.pages.door import PAGE, acts_on, for_roles, held_by, may_begin, number, older
from workflow.pages.records import take_step

PERIODS = (91, 182, 365, 730)  # days
STAFF = frozenset(role.code for role in ROLES.values() if role.police)
READS_FINDINGS = STAFF | PARTNERS | roles("commissioner_reader")
S = FeedbackFinding.State


@dataclass(frozen=True, slots=True)
class Line:
    """One stage: how satisfied, how sure, and what became of those who were drawn."""

    stage: str
    label: str
    score: Score
    sure: Interval | None
    response: Response | None


def line(stage: Stage, score: Score | None, response: Response | None) -> Line:
    found = score or Score((stage.value,), 0, 0)
    return Line(stage.value, str(stage.label), found, wilson(found.satisfied, found.valid), response)


@require_safe
@for_roles(READS_SCORES)
def feedback_page(request: HttpRequest) -> HttpResponse:
    """Scores by stage, by risk and by month, the response, what partners say. `?days=` how far back; a year if none is offered.

    Whole figures, for the force; as many statements for one answer as for ten thousand.
    """
    user: Any = request.user
    said = request.GET.get("days", "")
    back = int(said) if said in {str(period) for period in PERIODS} else 365
    until = timezone.now()
    since = until - timedelta(days=back)
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.feedback")
    scores = {one.key[0]: one for one in satisfaction(since, until, "stage")}
    became = {one.stage: one for one in responses(since, until)}
    held = held_by(request)
    context = {
        "lines": [line(stage, scores.get(stage), became.get(stage)) for stage in OF_THE_HARMED],
        "by_risk": satisfaction(since, until, "stage", "grade"), "by_month": satisfaction(since, until, "month", "stage"),
        "partners": partners_say(since, until), "days": back, "periods": PERIODS, "stages": dict(Stage.choices),
        "in_use": Questionnaire.objects.all().in_use(Audience.HARMED).first(), "may_ask": bool(held & SURVEYORS),
        "may_keep": bool(held & (KEEPERS | DECIDERS)),
    }  # fmt: skip
    return render(request, "reporting/feedback/scores.html", context)


@require_safe
@for_roles(READS_FINDINGS)
def you_said_page(request: HttpRequest) -> HttpResponse:
    """You said, we did: for staff everything, for partners what was put before them; newest first, `?before=` a page at a time.

    `?stage=` and `?state=` narrow it. As many queries for one finding as for twenty-five.
    """
    user: Any = request.user
    kept = {"stage": request.GET.get("stage", "")[:20], "state": request.GET.get("state", "")[:20]}
    rows = FeedbackFinding.objects.visible_to(user).select_related("owner", "consultation", "review").order_by("-pk")
    if kept["stage"] in Stage.values:
        rows = rows.filter(stage=kept["stage"])
    if kept["state"] in S.values:
        rows = rows.filter(state=kept["state"])
    before = number(request.GET.get("before"))
    found, next_page = older(list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1]), **kept)
    held = held_by(request)
    context = {
        "rows": found, "next_page": next_page, "first": not before, "kept": kept, "stages": Stage.choices, "states": S.choices,
        "may_record": may_begin("feedback-finding", "record", held), "staff": bool(held & STAFF),
        "told": [] if held & STAFF else told_to_partners(),
    }  # fmt: skip
    return render(request, "reporting/feedback/you_said.html", context)


def told_to_partners() -> list[Line]:
    """The scores of a year by stage, as they may leave the force: a stage of which one to four would be known is left out."""
    until = timezone.now()
    scores = {one.key[0]: one for one in satisfaction(until - timedelta(days=365), until, "stage")}
    return [line(stage, scores.get(stage), None) for stage in OF_THE_HARMED]


@require_safe
@for_roles(READS_FINDINGS, of_one=True)
def finding_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding, and what may be done about it."""
    user: Any = request.user
    rows = FeedbackFinding.objects.visible_to(user).select_related("owner", "consultation", "review", "unit")
    finding = rows.filter(pk=pk).first()
    if finding is None:
        raise Http404
    staff = bool(held_by(request) & STAFF)
    context = {"finding": finding, "acts": acts_on(finding, user), "staff": staff}
    return render(request, "reporting/feedback/finding.html", context)


def begun_on(request: HttpRequest, pk: int, rows: Any, name: str) -> HttpResponse:
    """A finding begun on the page of what it came from. Raises Http404 where that is hidden."""
    above = rows.objects.visible_to(request.user).select_related("unit").filter(pk=pk).first()
    if above is None:
        raise Http404
    step = WORKFLOWS["feedback-finding"].step("record")
    return take_step(request, FeedbackFinding(**{name: above}), step)
