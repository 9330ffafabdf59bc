"""The second look: what was drawn and is to be read, what was read, and the figures of each worker (H2, H3)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from dvds.models import Number, SecondLook
from dvds.services.outliers import compared
from dvds.steps.roles import SUPERVISOR
from workflow.clock import LONDON
from workflow.pages.door import for_roles
from workflow.pages.records import page

PAGE = 25


@require_safe
@for_roles(SUPERVISOR, of_one=True)
@page
def second_looks_page(request: HttpRequest) -> HttpResponse:
    """To be read first, the oldest month first; then what was read. Index: second_look_to_do."""
    user: Any = request.user
    looks = SecondLook.objects.visible_to(user).select_related("application", "case", "looked_by")
    rows = looks.order_by("state", "-drawn_for", "pk")
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    unit, workers = compared(user, now)
    audit.looked(by=user, kind=Access.Kind.VIEW, what="dvds.secondlook")
    limits = Number.objects.filter(
        name__in=("outlier_least", "outlier_points"), valid_from__lte=now.astimezone(LONDON).date()
    )
    context = {
        "shown": shown,
        "unit": unit,
        "workers": workers,
        "authorities": limits.order_by("name", "-valid_from")[:2],
    }
    return render(request, "dvds/second_looks.html", context)
