"""Units: the tree, and one unit with what is in it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Posting, Unit, current
from accounts.roles import KEEPERS_OF_PEOPLE
from workflow.pages.door import (
    acts_on,
    address,
    for_roles,
    held_by,
    may_begin,
    number,
)

SHOWN = 50
A_PAGE = 100  # of units: a line is short, and a tree cut too often is no tree


@require_safe
@for_roles(KEEPERS_OF_PEOPLE)
def units_page(request: HttpRequest) -> HttpResponse:
    """The tree, a page at a time, in the order of the lines: each unit beneath the one above it."""
    start = number(request.GET.get("from"))
    in_force = current("postings__from_at", "postings__to_at", None)
    rows = Unit.objects.order_by("lineage").annotate(posted=Count("postings", filter=in_force, distinct=True))
    closed = request.GET.get("closed") == "yes"
    if not closed:
        rows = rows.filter(state=Unit.State.OPEN)
    found = list(rows[start : start + A_PAGE + 1])
    context = {
        "rows": [(unit, range(len(unit.lineage) - 1)) for unit in found[:A_PAGE]], "first": not start,
        "next_page": address({"from": start + A_PAGE, "closed": "yes" if closed else ""} if len(found) > A_PAGE else {}),
        "closed": closed,
    }  # fmt: skip
    return render(request, "supervision/administration/units.html", context)


@require_safe
@for_roles(KEEPERS_OF_PEOPLE, of_one=True)
def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: its line, what is beneath it, who is posted to it, what may be done."""
    user: Any = request.user
    unit = Unit.objects.visible_to(user).select_related("parent").filter(pk=pk).first()
    if unit is None:
        raise Http404
    above = Unit.objects.in_bulk(unit.lineage[:-1])
    posted = (
        Posting.objects.current().filter(unit=unit).select_related("user").order_by("role", "user__last_name", "pk")
    )
    context = {
        "unit": unit, "line": [above[one] for one in unit.lineage[:-1]], "acts": acts_on(unit, user),
        "beneath": unit.children.order_by("name", "pk")[:SHOWN], "posted": posted[:SHOWN], "count": posted.count(),
        "shown": SHOWN, "may_ask": may_begin("posting", "ask", held_by(request)),
    }  # fmt: skip
    return render(request, "supervision/administration/unit.html", context)
