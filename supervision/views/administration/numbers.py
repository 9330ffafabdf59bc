"""The numbers in rules: in force today, proposed, and every one there has been."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Unit
from risk.models import RiskThreshold
from supervision.models import ThresholdChange
from workflow.pages.door import (
    PAGE,
    acts_on,
    for_roles,
    held_by,
    may_begin,
    number,
    older,
)


@require_safe
@for_roles(ThresholdChange.READERS)
def numbers_page(request: HttpRequest) -> HttpResponse:
    """Each number beside the one it came with; then the changes, newest first."""
    user: Any = request.user
    today, before = timezone.localdate(), number(request.GET.get("before"))
    rows: dict[str, list[RiskThreshold]] = {}
    for row in RiskThreshold.objects.order_by("valid_from", "pk"):
        rows.setdefault(row.name, []).append(row)
    numbers = [_line(name, rows.get(name, []), today) for name in RiskThreshold.Name.values]
    changes = ThresholdChange.objects.visible_to(user).select_related("unit", "recorded_by", "decided_by", "gave")
    changes = (changes.filter(pk__lt=before) if before else changes).order_by("-pk")
    found, more = older(list(changes[: PAGE + 1]))
    held = user.roles_over(Unit.objects.root())
    context = {
        "numbers": numbers, "changes": [(change, acts_on(change, user, held)) for change in found], "next_page": more,
        "first": not before, "may_propose": may_begin("threshold", "propose", held_by(request)),
    }  # fmt: skip
    return render(request, "supervision/administration/numbers.html", context)


def _line(name: str, rows: list[RiskThreshold], today: Any) -> dict[str, Any]:
    """In force now, shipped, and what comes: rows are in the order in which each supersedes the one before."""
    begun = [row for row in rows if row.valid_from <= today]
    return {
        "label": RiskThreshold.Name(name).label, "now": begun[-1] if begun else None, "shipped": rows[0] if rows else None,
        "coming": [row for row in rows if row.valid_from > today][-1:],
    }  # fmt: skip
