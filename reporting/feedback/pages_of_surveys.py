"""The pages of whoever asks: who is to be asked, one survey, the questionnaires, the samples."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from cases.models import Case
from cases.models.known_here import known_here
from cases.services.contact import in_force
from cases.steps.safety import SAFETY
from people.models import PersonName
from reporting.feedback.gates import agreed, may_be_asked, nobody_unsafe, not_held
from reporting.feedback.people import DECIDERS, KEEPERS, READS_SCORES, SURVEYORS
from reporting.forms.survey import ASKED_BY
from reporting.models import Draw, Questionnaire, SampleRule, Survey, SurveyAnswer
from reporting.models.feedback import Stage
from workflow import engine
from workflow.models import Deadline
from workflow.models.record import about
from workflow.pages.door import PAGE, acts_on, for_roles, held_by, may_begin, number, older
from workflow.pages.records import open_record, page
from workflow.pages.tasks import step_url

LOOKS_AT_HOW = READS_SCORES | KEEPERS | DECIDERS
ONCE_FOR_THE_CASE = frozenset(step.name for step in SAFETY)
S = Survey.State


@require_safe
@for_roles(SURVEYORS)
def surveys_page(request: HttpRequest) -> HttpResponse:
    """Who is to be asked, in the person's own work: the first due first, `?after=` a page at a time; `?mine=yes` those that
    they said they will ask. Four queries for any number. Indexes: survey_of_case, deadline_of_subject.
    """
    user: Any = request.user
    mine, after = request.GET.get("mine") == "yes", number(request.GET.get("after"))
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.surveys")
    rows = Survey.objects.standing().filter(
        state=S.DRAWN, case__in=Case.objects.worked_by(user).order_by().values("pk")
    )
    rows = rows.filter(caller=user) if mine else rows
    found = list(
        (rows.filter(pk__gt=after) if after else rows).select_related("case", "caller").order_by("pk")[: PAGE + 1]
    )
    shown = found[:PAGE]
    name_each(shown)
    next_page = f"?after={shown[-1].pk}{'&mine=yes' if mine else ''}" if len(found) > PAGE else ""
    context = {"rows": shown, "next_page": next_page, "first": not after, "mine": mine, "now": timezone.now()}
    return render(request, "reporting/feedback/surveys.html", context)


def name_each(surveys: list[Survey]) -> None:
    """Each with the name that its own case knows the person by, and by when they are to be asked: two queries."""
    names = PersonName.objects.standing().filter(
        case__in=[one.case_id for one in surveys], person__in=[one.person_id for one in surveys]
    )
    called = {(row.case_id, row.person_id): f"{row.forename} {row.surname}".strip() for row in names.order_by("pk")}
    due = Deadline.objects.open().filter(
        policy="survey-asked", subject_type=Survey._meta.label_lower, subject_id__in=[one.pk for one in surveys]
    )
    until = dict(due.values_list("subject_id", "due_at"))
    for one in surveys:
        one.called, one.due_at = called.get((one.case_id, one.person_id), ""), until.get(one.pk)  # type: ignore[attr-defined]


@require_safe
@page
def survey_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: whom to ask, by which way now, what was tried; the answers to the few who read them."""
    user: Any = request.user
    survey = open_record(request, "survey", pk)
    held, now = user.roles_over(survey.case.unit), timezone.now()
    asks = bool(held & SURVEYORS) and survey.state == S.DRAWN
    reads = Survey.objects.all().answers_read_by(user).filter(pk=survey.pk).exists()
    answers = (
        SurveyAnswer.objects.visible_to(user).standing().filter(survey=survey) if reads else SurveyAnswer.objects.none()
    )
    offers = engine.offers(survey, user, held, but=ONCE_FOR_THE_CASE)
    context = {
        "survey": survey, "case": survey.case, "called": called_here(survey), "asks": asks,
        "plan": in_force(survey.case_id) if asks else None,
        "ways": ways_now(survey, user, now) if asks else [],
        "attempts": list(survey.attempts.select_related("recorded_by").order_by("-at")[:PAGE]), "reads": reads,
        "answers": list(answers.select_related("question").order_by("question__place", "pk")),
        "acts": [(offer.step.label, step_url(survey, offer.step), offer.refusal) for offer in offers],
        "due": Deadline.objects.open().filter(**about(survey), policy="survey-asked").first(),
    }  # fmt: skip
    return render(request, "reporting/feedback/survey.html", context)


def ways_now(survey: Survey, user: Any, now: datetime) -> list[tuple[str, str]]:
    """Each way and why not by it at this moment (UTC), "" where they may be asked by it: the gates that the steps ask."""
    shut = next((sentence for gate in (agreed, nobody_unsafe, not_held) if (sentence := gate(survey, user))), "")
    return [(label, _(shut) if shut else may_be_asked(survey.case, way, now)) for way, label in ASKED_BY]


def called_here(survey: Survey) -> str:
    """The name by which the case knows the person; "" where it knows none."""
    names = known_here(survey.case_id).names.get(survey.person_id, [])
    return names[0] if names else ""


@require_safe
@for_roles(LOOKS_AT_HOW)
def questionnaires_page(request: HttpRequest) -> HttpResponse:
    """Every edition, the newest first, `?before=` a page at a time."""
    user: Any = request.user
    before = number(request.GET.get("before"))
    rows = Questionnaire.objects.visible_to(user).order_by("-pk")
    found, next_page = older(list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1]))
    may_draft = may_begin("questionnaire", "draft", held_by(request))
    context = {"rows": found, "next_page": next_page, "first": not before, "may_draft": may_draft}
    return render(request, "reporting/feedback/questionnaires.html", context)


@require_safe
@for_roles(LOOKS_AT_HOW, of_one=True)
def questionnaire_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition with its questions by stage."""
    user: Any = request.user
    edition = Questionnaire.objects.visible_to(user).select_related("unit").filter(pk=pk).first()
    if edition is None:
        raise Http404
    questions = list(edition.questions.filter(dropped_at__isnull=True).order_by("place", "pk"))
    stages = [(stage.label, [one for one in questions if one.stage == stage]) for stage in Stage]
    context = {"edition": edition, "stages": [row for row in stages if row[1]], "acts": acts_on(edition, user)}
    return render(request, "reporting/feedback/questionnaire.html", context)


@require_safe
@for_roles(LOOKS_AT_HOW)
def samples_page(request: HttpRequest) -> HttpResponse:
    """The rules that draw, and what each drew: out of how many, who was left out and why, and the seed. `?before=` older draws."""
    user: Any = request.user
    before, held = number(request.GET.get("before")), held_by(request)
    rules = list(
        SampleRule.objects.visible_to(user)
        .filter(state=SampleRule.State.WORKING)
        .select_related("unit")
        .order_by("stage", "pk")[:PAGE]
    )
    draws = Draw.objects.select_related("rule__unit", "questionnaire").order_by("-pk")
    found, next_page = older(list((draws.filter(pk__lt=before) if before else draws)[: PAGE + 1]))
    context = {
        "rules": [(rule, acts_on(rule, user)) for rule in rules], "draws": found, "next_page": next_page, "first": not before,
        "may_set": may_begin("sample", "set", held),
    }  # fmt: skip
    return render(request, "reporting/feedback/samples.html", context)
