"""How body-worn video is used, by team and by reason: a plain list for whoever leads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from cases.panels.evidence import LEADS
from cases.services.video import use_by_team

PAGE = 25
PERIODS = (28, 91, 365)  # days


@require_safe
@login_required
def video_page(request: HttpRequest) -> HttpResponse:
    """`?days=` how far back, `?after=` the place in the list of teams. What is neither counts as not said."""
    user: Any = request.user
    if not user.holds(LEADS, None):
        raise PermissionDenied
    said = request.GET.get("days", "")
    days = int(said) if said in {str(period) for period in PERIODS} else PERIODS[0]
    teams = use_by_team(user, timezone.now() - timedelta(days=days))
    begin = place(request.GET.get("after", ""))
    audit.looked(by=user, kind=Access.Kind.VIEW, what="cases.footage:use")
    context = {
        "teams": teams[begin : begin + PAGE], "days": days, "periods": PERIODS,
        "more": begin + PAGE if len(teams) > begin + PAGE else None,
        "attended": sum(team.attended for team in teams), "used": sum(team.used for team in teams),
        "unknown": sum(team.unknown for team in teams),
    }  # fmt: skip
    return render(request, "cases/video.html", context)


def place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
