"""What a forum comes to: its quarters, one quarter, its outcomes over a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from marac.figures import DERIVED, GROUPS, TABLE
from marac.models import Forum, Meeting, NationalValue, QuarterReturn, SelfAssessment
from marac.services.counting import HELD, YEAR, Quarter, later, quarter_of, quarters, rolling
from marac.services.following import outcomes
from marac.services.steering import beside
from marac.steps.figures import SIGNERS
from marac.views.figures import READS, YEARS, day_of, found_forum
from workflow.clock import LONDON
from workflow.pages.door import PAGE, acts_on, for_roles, held_by

FIVE_YEARS = 20  # quarters
SHOWN = 50


@require_safe
@for_roles(READS)
def returns_page(request: HttpRequest) -> HttpResponse:
    """The forums, each with the way to its figures."""
    rows = Forum.objects.select_related("unit").order_by("-state", "name", "pk")[: PAGE * 4]
    context = {"rows": rows, "may_enter": bool(held_by(request) & SIGNERS)}
    return render(request, "marac/returns.html", context)


@require_safe
@for_roles(READS, of_one=True)
def forum_returns_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The quarters of one forum, newest first, five years at most; each with what is worked out of twelve months."""
    forum, today = found_forum(pk), timezone.localdate()
    user: Any = request.user
    rows = known_quarters(forum, today)
    shown = [
        (rows[at], rolling(rows, at, forum.women_over_16)) for at in range(max(len(rows) - FIVE_YEARS, 0), len(rows))
    ]
    looked = SelfAssessment.objects.filter(forum=forum).select_related("forum").order_by("-on", "-pk")[:SHOWN]
    over = user.roles_over(forum.unit)
    context = {
        "forum": forum, "rows": shown[::-1], "derived": DERIVED, "looked": looked,
        "may_begin": bool(over & SIGNERS) and forum.state == Forum.State.WORKING, "may_sign": bool(over & SIGNERS),
        "compared": compared(),
    }  # fmt: skip
    return render(request, "marac/forum_returns.html", context)


def known_quarters(forum: Forum, today: date) -> list[Quarter]:
    """From the first quarter of which anything is known, with a year before the five that are shown, to this one."""
    now = quarter_of(today)
    earliest = Meeting.objects.filter(forum=forum, state__in=HELD).aggregate(first=Min("starts_at"))["first"]
    entered = QuarterReturn.objects.filter(forum=forum).aggregate(first=Min("begins_on"))["first"]
    met = quarter_of(earliest.astimezone(LONDON).date()) if earliest else now
    first = max(min(met, entered or now), later(now, 1 - FIVE_YEARS - YEAR))
    return quarters(forum, first, now, today)


def compared() -> list[tuple[str, NationalValue]]:
    """What others published lately, newest first, to stand beside ours, with the figure in words."""
    words = {row.code: row.label for row in TABLE} | {row.code: row.label for row in DERIVED}
    rows = NationalValue.objects.order_by("-begins_on", "figure", "place", "pk")[:SHOWN]
    return [(words.get(row.figure, row.figure), row) for row in rows]


@require_safe
@for_roles(READS, of_one=True)
def quarter_page(request: HttpRequest, pk: int, quarter: str) -> HttpResponse:
    """One quarter: each figure with what it means and from where it is counted. A missing one says so, and is never zero."""
    user: Any = request.user
    forum, today, day = found_forum(pk), timezone.localdate(), day_of(quarter)
    rows = quarters(forum, later(day, -YEAR), day, today)
    found, twelve = rows[-1], rolling(rows, len(rows) - 1, forum.women_over_16)
    over = bool(user.roles_over(forum.unit) & SIGNERS) and not found.running
    context = {
        "forum": forum, "quarter": found, "groups": grouped(found), "derived": beside(twelve, day), "twelve": twelve,
        "may_sign": over and not found.missing, "may_enter": over, "before": later(day, -1), "next": later(day, 1),
        "older": QuarterReturn.objects.filter(forum=forum, begins_on=day).order_by("-pk").select_related("recorded_by")[:SHOWN],
        "last_day": later(day, 1), "acts": acts_on(found.signed, user) if found.signed else [],
        "files": [(kind, reverse("quarter-file", args=[forum.pk, day.isoformat(), kind])) for kind in ("csv", "xlsx")],
    }  # fmt: skip
    return render(request, "marac/quarter.html", context)


def grouped(quarter: Quarter) -> list[tuple[str, list[tuple[Any, int | None]]]]:
    if quarter.figures is None:
        return []
    return [
        (label, [(row, quarter.figures[row.code]) for row in TABLE if row.group == group]) for group, label in GROUPS
    ]


@require_safe
@for_roles(READS, of_one=True)
def outcomes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of the cases of a year: `?from=` its first day, else the year that ended twelve months ago."""
    forum, now = found_forum(pk), timezone.now()
    this = quarter_of(timezone.localdate(now))
    first = first_day(request.GET.get("from"), later(this, -2 * YEAR))
    rows = quarters(forum, first, later(first, YEAR - 1), timezone.localdate(now))
    offered = {first, *(later(this, -YEAR * back) for back in range(1, 6))}
    context = {
        "forum": forum, "first": first, "before": later(first, YEAR), "found": outcomes(forum, first, now),
        "year": rolling(rows, YEAR - 1, forum.women_over_16), "choices": sorted(offered, reverse=True),
    }  # fmt: skip
    return render(request, "marac/outcomes.html", context)


def first_day(said: str | None, otherwise: date) -> date:
    """The first day of a quarter from an address; what is none is the other day."""
    try:
        day = parse_date(said or "")
    except ValueError:
        return otherwise
    return quarter_of(day) if day and day.year in YEARS else otherwise
