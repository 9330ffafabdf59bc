"""The pages of partners' feedback, of consultations, and of reviews with partners."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import PARTNERS
from reporting.feedback.pages import STAFF, begun_on
from reporting.models import Consultation, FeedbackFinding, OutcomeReview, PartnerFeedback
from workflow.pages.door import PAGE, acts_on, for_roles, held_by, may_begin, number, older
from workflow.pages.records import page

OF_BOTH = STAFF | PARTNERS


def listed(request: HttpRequest, rows: Any, template: str, event: tuple[str, str]) -> HttpResponse:
    """What somebody may see of a list, the newest first, `?before=` a page at a time; two queries for any number."""
    before, held = number(request.GET.get("before")), held_by(request)
    rows = rows.visible_to(request.user).order_by("-pk")
    found, next_page = older(list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1]))
    context = {
        "rows": found, "next_page": next_page, "first": not before, "may_begin": may_begin(*event, held),
        "staff": bool(held & STAFF),
    }  # fmt: skip
    return render(request, template, context)


def one_of(request: HttpRequest, rows: Any, pk: int) -> Any:
    """The row if this person may see it. Raises Http404."""
    found = rows.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
@for_roles(OF_BOTH)
def partner_feedback_page(request: HttpRequest) -> HttpResponse:
    """What partners said of the force: for staff all, for a partner what their own agency said."""
    rows = PartnerFeedback.objects.select_related("agency__unit", "recorded_by")
    return listed(request, rows, "reporting/feedback/partners.html", ("partner-feedback", "give"))


@require_safe
@for_roles(OF_BOTH, of_one=True)
def one_partner_feedback_page(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    feedback = one_of(request, PartnerFeedback.objects.select_related("agency__unit", "recorded_by", "unit"), pk)
    answers = feedback.answers.select_related("question").order_by("question__place", "pk")
    context = {"feedback": feedback, "answers": list(answers), "acts": acts_on(feedback, user)}
    return render(request, "reporting/feedback/partner.html", context)


@require_safe
@for_roles(STAFF)
def consultations_page(request: HttpRequest) -> HttpResponse:
    """The log of who was listened to."""
    return listed(request, Consultation.objects, "reporting/feedback/consultations.html", ("consultation", "log"))


@require_safe
@for_roles(STAFF, of_one=True)
def consultation_page(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    consultation = one_of(request, Consultation.objects.select_related("unit"), pk)
    findings = FeedbackFinding.objects.visible_to(user).filter(consultation=consultation).order_by("pk")[:PAGE]
    context = {
        "consultation": consultation, "acts": acts_on(consultation, user), "findings": list(findings),
        "may_find": may_begin("feedback-finding", "record", held_by(request)),
    }  # fmt: skip
    return render(request, "reporting/feedback/consultation.html", context)


@require_http_methods(["GET", "POST"])
@page
def finding_of_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """A finding from what was said at a consultation."""
    return begun_on(request, pk, Consultation, "consultation")


@require_safe
@for_roles(OF_BOTH)
def reviews_page(request: HttpRequest) -> HttpResponse:
    """Reviews of outcomes with partners: for a partner those at which their agency was, once the minutes are issued."""
    return listed(request, OutcomeReview.objects, "reporting/feedback/reviews.html", ("outcome-review", "minute"))


@require_safe
@for_roles(OF_BOTH, of_one=True)
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes: who was there, what was looked at, said and decided, and what became of each action."""
    user: Any = request.user
    review = one_of(request, OutcomeReview.objects.select_related("unit"), pk)
    there = (
        review.presences.filter(struck_out_at__isnull=True)
        .select_related("agency__unit")
        .order_by("agency__unit__name")
    )
    actions = (
        FeedbackFinding.objects.visible_to(user).filter(review=review).select_related("owner").order_by("pk")[:PAGE]
    )
    held = held_by(request)
    context = {
        "review": review, "there": [row.agency for row in there], "actions": list(actions), "acts": acts_on(review, user),
        "may_find": may_begin("feedback-finding", "record", held), "staff": bool(held & STAFF),
    }  # fmt: skip
    return render(request, "reporting/feedback/review.html", context)


@require_http_methods(["GET", "POST"])
@page
def action_of_review(request: HttpRequest, pk: int) -> HttpResponse:
    """An action that was agreed at a review, logged as what was heard there."""
    return begun_on(request, pk, OutcomeReview, "review")
