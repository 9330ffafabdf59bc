"""The page of a partner: what waits for their agency, and one referral as it was sent to them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import PARTNERS
from audit import services as audit
from audit.models import Access
from safeguarding.models import Agency, ReferralReceived
from safeguarding.waiting import waiting_lists
from workflow.numbers import id_in
from workflow.pages.door import PAGE, acts_on, for_roles, older

FEW = 10


@require_safe
@for_roles(PARTNERS)
def agency_home(request: HttpRequest) -> HttpResponse:
    """Every list that an app has declared, the first of each; two queries for each list, whatever its length."""
    user: Any = request.user
    lists = []
    for one in waiting_lists():
        found = list(one.rows(user)[: FEW + 1])
        lists.append((one, found[:FEW], len(found) > FEW))
    lists.sort(key=lambda one: not one[1])  # what waits before what does not, each in its order
    agencies = list(Agency.objects.all().of(user).select_related("unit").order_by("unit__name"))
    return render(
        request, "safeguarding/agency_home.html", {"agencies": agencies, "lists": lists, "now": timezone.now()}
    )


def referrals_waiting(user: Any) -> Any:
    """Referrals that the person's agency has not ended: those in danger first, then unanswered, the oldest first.

    Index: received_by_agency.
    """
    rows = ReferralReceived.objects.visible_to(user).waiting()
    return rows.order_by("-urgent", "-state", "pk")


@require_safe
@for_roles(PARTNERS)
def received_page(request: HttpRequest) -> HttpResponse:
    """Everything that was ever sent to the person's agency, the newest first, `?before=` a page at a time."""
    user: Any = request.user
    before = id_in(request.GET.get("before")) or 0
    rows = ReferralReceived.objects.visible_to(user).order_by("-pk")
    found, next_page = older(list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1]))
    return render(
        request, "safeguarding/received_list.html", {"rows": found, "next_page": next_page, "first": not before}
    )


@require_safe
@for_roles(PARTNERS, of_one=True)
def received_referral_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral, in the words that were sent, with what the agency has done. Written down as looked at, by case."""
    user: Any = request.user
    rows = ReferralReceived.objects.visible_to(user).select_related("agency__unit", "unit", "referral__case")
    received = rows.filter(pk=pk).first()
    if received is None:
        raise Http404
    what = f"safeguarding.referralreceived:{received.pk}"
    audit.looked(by=user, kind=Access.Kind.VIEW, what=what, folder=received.referral.case)
    attempts = received.attempts.select_related("recorded_by").order_by("-at", "-pk")[:PAGE]
    context = {"received": received, "acts": acts_on(received, user), "attempts": attempts}
    return render(request, "safeguarding/received.html", context)
