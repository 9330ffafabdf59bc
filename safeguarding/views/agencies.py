"""Partner agencies: the list with its agreements, one agency with who signs in for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Posting
from accounts.roles import PARTNERS, TABLE
from safeguarding.models import Agency, AgencyKind, Agreement, ReferralReceived
from safeguarding.steps import AGREEMENT
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, may_begin, number
from workflow.pages.records import page, take_step

READERS = frozenset(role.code for role in TABLE if role.police)
SHOWN = 50


@require_safe
@for_roles(READERS)
def agencies_page(request: HttpRequest) -> HttpResponse:
    """Every partner by name, with until when its agreement counts; `?kind=` one kind, `?lapsed=yes` those without one.

    As many queries for one agency as for fifty.
    """
    today, kind = timezone.localdate(), request.GET.get("kind", "")
    lapsed, past = request.GET.get("lapsed") == "yes", request.GET.get("closed") == "yes"
    rows: Any = with_agreement(Agency.objects.all() if past else Agency.objects.working(), today)
    if kind in AgencyKind.values:
        rows = rows.filter(kind=kind)
    if lapsed:
        rows = rows.filter(counts_until__isnull=True)
    last = Agency.objects.filter(pk=number(request.GET.get("after"))).values_list("unit__name", "pk").first()
    if last:
        rows = rows.filter(unit__name__gte=last[0]).exclude(unit__name=last[0], pk__lte=last[1])
    found = list(rows.select_related("unit").order_by("unit__name", "pk")[: PAGE + 1])
    kept = {"kind": kind, "lapsed": "yes" if lapsed else "", "closed": "yes" if past else ""}
    context = {
        "rows": found[:PAGE], "kinds": AgencyKind.choices, "kind": kind, "lapsed": lapsed, "past": past, "first": not last,
        "next_page": address({"after": found[PAGE - 1].pk, **kept}) if len(found) > PAGE else "",
        "may_record": may_begin("agency", "record", held_by(request)),
    }  # fmt: skip
    return render(request, "safeguarding/agencies.html", context)


def with_agreement(agencies: Any, on: date) -> Any:
    """Each with `counts_until`: the last day of the agreement that counts on a day; None where none does."""
    newest = Agreement.objects.current(on).filter(agency=OuterRef("pk")).order_by("-review_on")
    return agencies.annotate(counts_until=Subquery(newest.values("review_on")[:1]))


@require_safe
@for_roles(READERS | PARTNERS, of_one=True)
def agency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How it is reached, its agreements, who signs in for it. A partner finds their own agency here, and no other."""
    user: Any = request.user
    held, today = held_by(request), timezone.localdate()
    agencies = Agency.objects.all() if held & READERS else Agency.objects.all().of(user)
    agency = with_agreement(agencies, today).select_related("unit").filter(pk=pk).first()
    if agency is None:
        raise Http404
    over = user.roles_over(agency.unit)
    agreements = list(
        agency.agreements.select_related("recorded_by", "agency__unit").order_by("-signed_on", "-pk")[:SHOWN]
    )
    posted = Posting.objects.current().filter(unit=agency.unit, role__in=PARTNERS).select_related("user")
    context = {
        "agency": agency, "agreements": [(row, acts_on(row, user, over)) for row in agreements], "today": today,
        "posted": posted.order_by("user__last_name", "pk")[:SHOWN], "acts": acts_on(agency, user, over),
        "unanswered": unanswered(agency),
        "may_sign": bool(AGREEMENT.step("sign").who & over) and agency.state == Agency.State.WORKING,
    }  # fmt: skip
    return render(request, "safeguarding/agency.html", context)


def unanswered(agency: Agency) -> dict[str, Any]:
    """How many referrals the agency has not answered, and since when the oldest waits: a number, and nothing of any. One
    query. Index: received_by_agency.
    """
    states = [ReferralReceived.State.NEW, ReferralReceived.State.ACKNOWLEDGED]
    rows = ReferralReceived.objects.filter(unit=agency.unit_id, state__in=states)
    return rows.aggregate(count=Count("pk"), oldest=Min("recorded_at"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(AGREEMENT.step("sign").who, of_one=True)
@page
def sign_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a signature under the agreement of one agency."""
    agency = Agency.objects.select_related("unit").filter(pk=pk).first()
    if agency is None:
        raise Http404
    return take_step(request, Agreement(agency=agency, unit=agency.unit), AGREEMENT.step("sign"))
