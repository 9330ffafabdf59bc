"""Every clock with its length, who hears of it and its authority; and the force's own settings of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from supervision.steps.setting import NEVER, SETTING
from workflow.deadlines import POLICIES
from workflow.models import PolicySetting
from workflow.pages.tasks import step_url


@login_required
@require_safe
def clocks_page(request: HttpRequest) -> HttpResponse:
    """No secret to anybody who signs in; what may be done here follows the table of settings."""
    user: Any = request.user
    held = user.roles_over(None)
    settings = list(
        PolicySetting.objects.visible_to(user).order_by("-valid_from", "-pk").select_related("recorded_by")[:100]
    )
    rows = [(setting, _acts(setting, held)) for setting in settings]
    context = {
        "policies": list(POLICIES.values()), "settings": rows, "now": timezone.now(), "never": NEVER,
        "may_propose": bool(SETTING.step("propose").who & held),
    }  # fmt: skip
    return render(request, "supervision/clocks.html", context)


def _acts(setting: PolicySetting, held: frozenset[str]) -> list[tuple[str, str]]:
    """The steps the reader's role has on a setting, each with its page, where guards are asked again."""
    open_here = [step for step in SETTING.steps if setting.state in SETTING.sources(step) and step.who & held]
    return [(step.label, step_url(setting, step)) for step in open_here]
