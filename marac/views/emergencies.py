"""What is begun from a referral between two meetings: an action, an emergency meeting; and one such meeting."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from marac.models import EmergencyCall, ForumAction, Referral
from marac.steps import EMERGENCY, FORUM_ACTION
from marac.views.actions import acts_on_record, lines_of
from workflow.models import folder_model
from workflow.pages.records import OPENED, denied, open_record, page, pass_the_door, take_step


def found_referral(request: HttpRequest, pk: int) -> Referral:
    """The referral, where the reader may open its conference and has passed its door. Raises Http404."""
    user: Any = request.user
    referral = Referral.objects.visible_to(user).select_related("case__unit", "forum__unit").filter(pk=pk).first()
    if referral is None:
        denied(Referral, user, pk=pk)
        raise Http404
    referral.case.door_open = folder_model().objects.open_to(user).filter(pk=referral.case_id).exists()
    pass_the_door(request, referral.case)
    setattr(request, OPENED, referral.case)
    found: Referral = referral
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@page
def agree_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an action that somebody took on between two meetings."""
    referral = found_referral(request, pk)
    return take_step(request, ForumAction(case=referral.case, referral=referral), FORUM_ACTION.step("agree"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def call_emergency(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an emergency meeting about one referral."""
    referral = found_referral(request, pk)
    return take_step(request, EmergencyCall(case=referral.case, referral=referral), EMERGENCY.step("call"))


@require_safe
@page
def emergency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One emergency meeting: why, when, who sees the case for it, what came of it."""
    user: Any = request.user
    call = open_record(request, "emergency", pk)
    actions = ForumAction.objects.visible_to(user).standing().filter(referral=call.referral_id, meeting=call.meeting_id)
    rows = list(
        actions.select_related("agency__unit", "referral__forum", "owner", "case").order_by("due_at", "pk")[:50]
    )
    named = call.case.unit_grants.filter(unit__agency__isnull=False).select_related("unit").order_by("unit__name")[:50]
    context = {
        "call": call, "acts": acts_on_record(call, user, user.roles_over(call.scope)), "named": named,
        "lines": lines_of(rows, user, call.recorded_at),
    }  # fmt: skip
    return render(request, "marac/emergency.html", context)
