"""What the monitors of the night have found, for those who run the service: counts, and links where they may look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import roles
from cases.models import Case
from supervision.models import Finding, Heartbeat
from supervision.views.health import passes
from workflow.health import CHECKS, MONITORS, Monitor

WHO = roles("administrator", "superintendent", "auditor")
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """One monitor as the page shows it: how many rows it found, and the cases among them that the reader may open."""

    monitor: Monitor
    count: int
    cases: list[Case]


@login_required
@require_safe
def monitors_page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.holds(WHO, None):
        raise PermissionDenied
    counts = dict(Finding.objects.order_by().values_list("monitor").annotate(Count("pk")))
    context = {
        "asked": [Asked(row, counts.get(name, 0), _cases(name, user)) for name, row in MONITORS.items()],
        "checks": [(name, passes(check)) for name, check in CHECKS.items()],
        "looked_at": Heartbeat.objects.filter(name=Heartbeat.MONITORS).values_list("at", flat=True).first(),
        "shown": SHOWN,
    }
    return render(request, "supervision/monitors.html", context)


def _cases(name: str, user: User) -> list[Case]:
    found = Q(pk__in=Finding.objects.filter(monitor=name, case__isnull=False).values("case"))
    return list(Case.objects.visible_to(user).filter(found).order_by("pk")[:SHOWN])
