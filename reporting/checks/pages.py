"""The trends of quality checks on screen; written down as looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import COMMAND, SPECIALISTS, SUPERVISORS
from audit import services as audit
from audit.models import Access
from reporting.checks.trends import trends
from workflow.models import Refusal, Refused
from workflow.pages import refused

READS = SUPERVISORS | COMMAND | SPECIALISTS
PERIODS = (91, 182, 365)  # days
NOT_YOURS = "Quality checks are for whoever supervises a team, and for the domestic abuse unit."


@require_safe
@login_required
def trends_page(request: HttpRequest) -> HttpResponse:
    """`?days=` how far back; anything that is not offered is half a year."""
    user: Any = request.user
    if not user.holds(READS, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    said = request.GET.get("days", "")
    days = int(said) if said in {str(period) for period in PERIODS} else 182
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.quality-checks")
    context = {"found": trends(user, timezone.now() - timedelta(days=days)), "days": days, "periods": PERIODS}
    return render(request, "reporting/quality_checks.html", context)
