"""The equality report on screen: figures alone, for whoever answers for the force."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import COMMAND, roles
from audit import services as audit
from audit.models import Access
from reporting.equality.counted import report

READS = COMMAND | roles("analyst", "command", "chief_officer")
PERIODS = (91, 365)  # days; of a shorter time nearly every number would be kept back


@login_required
@require_safe
def equality_page(request: HttpRequest) -> HttpResponse:
    """`?days=` how far back; anything that is not offered is a year. For others there is no such page."""
    user: Any = request.user
    if not user.holds(READS, None):
        raise Http404
    said = request.GET.get("days", "")
    days = int(said) if said in {str(period) for period in PERIODS} else PERIODS[-1]
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.equality")
    found = report(user, timezone.now() - timedelta(days=days))
    return render(request, "reporting/equality.html", {"report": found, "days": days, "periods": PERIODS})
