"""Schools and other establishments: the list, one with who answers there and its days, and what is recorded beneath it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.models import Establishment, KeyAdult, LocalAuthority, SchoolDates
from safeguarding.services import bell_of
from safeguarding.steps import CALENDAR, KEY_ADULT
from safeguarding.views.agencies import READERS
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, may_begin, number
from workflow.pages.records import page, take_step

SHOWN, OLD = 50, timedelta(days=365)  # confirmed longer ago than that, it is asked again [R]


@require_safe
@for_roles(READERS)
def establishments_page(request: HttpRequest) -> HttpResponse:
    """Every establishment by name; `?authority=` those of one, `?named=` by a piece of the name, `?lacks=` what lacks.

    As many queries for one as for fifty. Index: establishment_by_name, establishment_fragment.
    """
    asked = {name: request.GET.get(name, "")[:80] for name in ("named", "lacks", "closed")}
    authority = LocalAuthority.objects.filter(pk=number(request.GET.get("authority"))).first()
    rows = _filtered(_rows(asked["closed"] == "yes"), asked, authority)
    last = Establishment.objects.filter(pk=number(request.GET.get("after"))).values_list("name", "pk").first()
    if last:
        rows = rows.filter(Q(name__gt=last[0]) | Q(name=last[0], pk__gt=last[1]))
    found = list(rows.select_related("authority").order_by("name", "pk")[: PAGE + 1])
    kept = {**asked, "authority": authority.pk if authority else ""}
    user: Any = request.user
    context = {
        "rows": found[:PAGE], "authorities": LocalAuthority.objects.order_by("name")[:SHOWN], "authority": authority, **asked,
        "next_page": address({"after": found[PAGE - 1].pk, **kept}) if len(found) > PAGE else "", "first": not last,
        "old": timezone.localdate() - OLD, "may_record": may_begin("establishment", "record", held_by(request)),
        "authority_acts": acts_on(authority, user) if authority else [],
    }  # fmt: skip
    return render(request, "safeguarding/establishments.html", context)


def _rows(closed: bool) -> Any:
    """Each with `adults`, how many answer there today, and `days_known`: whether a term holds today or begins later."""
    today = timezone.localdate()
    rows = Establishment.objects.all() if closed else Establishment.objects.working()
    answers = Q(key_adults__state=KeyAdult.State.HOLDS, key_adults__since__lte=today)
    still = answers & (Q(key_adults__until__isnull=True) | Q(key_adults__until__gte=today))
    whose = Q(establishment=OuterRef("pk")) | Q(establishment__isnull=True)
    terms = SchoolDates.objects.standing().filter(
        whose, authority=OuterRef("authority"), kind=SchoolDates.Kind.TERM, to_on__gte=today
    )
    return rows.annotate(adults=Count("key_adults", filter=still, distinct=True), days_known=Exists(terms))


def _filtered(rows: Any, asked: dict[str, str], authority: LocalAuthority | None) -> Any:
    if authority:
        rows = rows.filter(authority=authority)
    if asked["named"]:
        rows = rows.filter(name__icontains=asked["named"])
    lacks = {"adults": Q(adults=0), "days": Q(days_known=False), "agency": Q(agency__isnull=True)}
    return rows.filter(lacks[asked["lacks"]]) if asked["lacks"] in lacks else rows


@require_safe
@for_roles(READERS, of_one=True)
def establishment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers there, when it opens next, its days."""
    user: Any = request.user
    rows = Establishment.objects.select_related("authority", "unit", "agency__unit")
    place = rows.filter(pk=pk).first()
    if place is None:
        raise Http404
    over = user.roles_over(place.unit)
    adults = place.key_adults.select_related("establishment", "unit").order_by("state", "order", "pk")[:SHOWN]
    days = SchoolDates.objects.all().of(place).select_related("establishment", "authority", "unit")
    context = {
        "place": place, "acts": acts_on(place, user, over), "bell": bell_of(place, timezone.now()),
        "adults": [(row, acts_on(row, user, over)) for row in adults], "old": timezone.localdate() - OLD,
        "days": [(row, acts_on(row, user, over)) for row in days.order_by("-from_on", "-pk")[:SHOWN]],
        "may_add": bool(KEY_ADULT.step("record").who & over) and place.state == Establishment.State.WORKING,
    }  # fmt: skip
    return render(request, "safeguarding/establishment.html", context)


def _working(pk: int) -> Establishment:
    place: Establishment | None = Establishment.objects.select_related("authority", "unit").filter(pk=pk).first()
    if place is None:
        raise Http404
    return place


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(KEY_ADULT.step("record").who, of_one=True)
@page
def record_key_adult(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who answers at one establishment."""
    place = _working(pk)
    return take_step(request, KeyAdult(establishment=place, unit=place.unit), KEY_ADULT.step("record"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CALENDAR.step("record").who, of_one=True)
@page
def record_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a term or closed days, of one establishment or of every one of its authority."""
    place = _working(pk)
    blank = SchoolDates(establishment=place, authority=place.authority, unit=place.unit)
    return take_step(request, blank, CALENDAR.step("record"))
