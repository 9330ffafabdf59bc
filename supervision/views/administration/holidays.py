"""Bank holidays: the year, what is proposed, what it would move, and how far the replay is."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from cases.models import Case
from supervision import health
from supervision.models import HolidayChange
from supervision.replay import COUNTED, how_many, moves
from workflow.models import Holiday
from workflow.models.holiday import FULL_YEAR, Division
from workflow.pages.door import (
    PAGE,
    acts_on,
    address,
    for_roles,
    held_by,
    may_begin,
    number,
    older,
)
from workflow.policies import POLICIES

FIRST, LAST = 2020, 2100


@require_safe
@for_roles(HolidayChange.READERS)
def holidays_page(request: HttpRequest) -> HttpResponse:
    """One year of one division, and the changes, newest first."""
    user: Any = request.user
    asked = number(request.GET.get("year"))
    year = asked if FIRST <= asked <= LAST else timezone.localdate().year
    said = request.GET.get("division")
    division = Division(said) if said in Division.values else Division.ENGLAND_AND_WALES
    before = number(request.GET.get("before"))
    changes = HolidayChange.objects.visible_to(user).select_related("recorded_by", "decided_by").order_by("-pk")
    found, more = older(
        list((changes.filter(pk__lt=before) if before else changes)[: PAGE + 1]), year=year, division=division.value
    )
    rows = list(Holiday.objects.filter(division=division, on__year=year).order_by("on"))
    context = {
        "rows": rows, "year": year, "division": division, "divisions": Division, "known": len(rows) >= FULL_YEAR,
        "years": sorted({year - 1, year, year + 1} & set(range(FIRST, LAST + 1))), "changes": found, "next_page": more,
        "first": not before,
        "covered": health.holidays_known(), "may_propose": may_begin("holiday", "propose", held_by(request)),
    }  # fmt: skip
    return render(request, "supervision/administration/holidays.html", context)


@require_safe
@for_roles(HolidayChange.READERS, of_one=True)
def holiday_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: what it would move while it waits, what it has moved once it is decided, a page at a time."""
    user: Any = request.user
    change = (
        HolidayChange.objects.visible_to(user).select_related("unit", "recorded_by", "decided_by").filter(pk=pk).first()
    )
    if change is None:
        raise Http404
    after = number(request.GET.get("after"))
    waits = change.state == HolidayChange.State.PROPOSED
    lines, more = preview(change, user, after) if waits else ([], 0)
    count, whole = how_many(change) if waits else (change.replay_moved, True)
    context = {
        "change": change, "acts": acts_on(change, user), "lines": lines,
        "next_page": address({"after": more}), "first": not after, "count": count,
        "whole": whole, "counted": COUNTED, "waits": waits,
    }  # fmt: skip
    asked_by_script = request.headers.get("X-Requested-With") == "fetch"  # progress.js wants only how far it is
    return render(request, f"supervision/administration/{'replay' if asked_by_script else 'holiday'}.html", context)


def preview(change: HolidayChange, user: User, after: int) -> tuple[list[dict[str, Any]], int]:
    """A page of what would move. The reference of a case stands only where the reader may open the case."""
    found = list(islice(moves(change, after), PAGE + 1))
    cases = [move.deadline.case_id for move in found if move.deadline.case_id]
    opens = set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    lines = [
        {
            "what": policy.label if (policy := POLICIES.get(move.deadline.policy)) else move.deadline.policy,
            "unit": move.deadline.unit, "old": move.old, "new": move.new,
            "case": move.deadline.case if move.deadline.case_id in opens else None,
        }
        for move in found[:PAGE]
    ]  # fmt: skip
    return lines, found[PAGE - 1].deadline.pk if len(found) > PAGE else 0
