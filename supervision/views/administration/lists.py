"""The lists that a force words for itself."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.roles import roles
from supervision.steps.reference import KEEPERS
from workflow.models import ReferenceEntry
from workflow.pages.door import (
    acts_on,
    address,
    for_roles,
    held_by,
    may_begin,
    number,
)

A_PAGE = 50


@require_safe
@for_roles(KEEPERS | roles("auditor"))
def lists_page(request: HttpRequest) -> HttpResponse:
    """Every answer of every list, the ended ones last."""
    user: Any = request.user
    start, today = number(request.GET.get("from")), timezone.localdate()
    rows = (
        ReferenceEntry.objects.visible_to(user)
        .select_related("unit")
        .order_by("of", F("until").desc(nulls_first=True), "order", "pk")
    )
    held = user.roles_over(Unit.objects.root())
    found = list(rows[start : start + A_PAGE + 1])
    context = {
        "rows": [(row, acts_on(row, user, held), row.until is not None and row.until <= today) for row in found[:A_PAGE]],
        "next_page": address({"from": start + A_PAGE} if len(found) > A_PAGE else {}), "first": not start,
        "may_add": may_begin("answer", "add", held_by(request)),
    }  # fmt: skip
    return render(request, "supervision/administration/lists.html", context)
