"""Features that can be turned on and off: what the code says, and what somebody has said since."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from supervision.steps.flag import FLAG
from workflow.flags import FLAGS, is_on
from workflow.models import FlagSetting
from workflow.pages.tasks import step_url


@login_required
@require_safe
def features_page(request: HttpRequest) -> HttpResponse:
    """No secret to anybody who signs in; what may be done here follows the table of features."""
    user: Any = request.user
    now = timezone.now()
    rows = FlagSetting.objects.visible_to(user).select_related("unit", "recorded_by").order_by("-from_at", "-pk")[:100]
    held = user.roles_over(None)
    end = FLAG.step("end")
    settings = [
        (row, step_url(row, end) if end.who & held and (row.until is None or row.until > now) else "") for row in rows
    ]
    context = {
        "flags": [(flag, is_on(flag, None, now)) for flag in FLAGS.values()], "settings": settings, "now": now,
        "names": {flag.name: flag.label for flag in FLAGS.values()}, "may_turn": bool(FLAG.step("turn").who & held),
    }  # fmt: skip
    return render(request, "supervision/features.html", context)
