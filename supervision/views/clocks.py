"""Every clock with its length, who hears of it and its authority; what the force has set itself, and what was in force when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from supervision.steps.setting import NEVER, SETTING
from workflow.clock import BadLength, read_lengths
from workflow.forms.field import lower_first
from workflow.models import PolicySetting
from workflow.pages.dates import offset_words, role_words
from workflow.pages.tasks import step_url
from workflow.policies import POLICIES

PAGE = 25


@login_required
@require_safe
def clocks_page(request: HttpRequest) -> HttpResponse:
    """No secret to anybody who signs in; what may be done here follows the table of settings."""
    user: Any = request.user
    held = user.roles_over(None)
    on = day_asked(request.GET.get("on", ""))
    before = request.GET.get("before", "")
    rows = PolicySetting.objects.visible_to(user).select_related("recorded_by")
    waiting = list(rows.filter(state=PolicySetting.State.PROPOSED).order_by("pk")[:PAGE])
    decided = rows.exclude(state=PolicySetting.State.PROPOSED).order_by("-pk")
    if before.isascii() and before.isdecimal() and len(before) < 10:
        decided = decided.filter(pk__lt=int(before))
    found = list(decided[: PAGE + 1])
    context = {
        "policies": in_force(on), "on": on, "today": timezone.localdate(), "never": NEVER, "first": not before,
        "waiting": [(setting, default_of(setting), _acts(setting, held)) for setting in waiting],
        "settings": [(setting, default_of(setting), _acts(setting, held)) for setting in found[:PAGE]],
        "next_page": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "may_propose": bool(SETTING.step("propose").who & held),
    }  # fmt: skip
    return render(request, "supervision/clocks.html", context)


def day_asked(said: str) -> date:
    """The day whose rules are asked for; today for anything that is no day."""
    try:
        found = parse_date(said)
    except ValueError:
        found = None
    return found or timezone.localdate()


def in_force(on: date) -> list[dict[str, Any]]:
    """Every clock as it stood on the day, in two queries at most: the default, and the force's own where it set one."""
    approved = PolicySetting.objects.filter(state=PolicySetting.State.APPROVED, valid_from__lte=on, profile="")
    newest = approved.order_by("policy", F("valid_from").desc(), "-pk").distinct("policy")
    own = {setting.policy: setting for setting in newest}
    return [
        {
            "policy": policy, "own": own.get(policy.name), "lengths": lengths_of(policy, own.get(policy.name)),
            "told": [(role_words(rung.who), lower_first(offset_words(rung.hours))) for rung in policy.ladder],
        }
        for policy in POLICIES.values()
    ]  # fmt: skip


def lengths_of(policy: Any, setting: PolicySetting | None) -> Any:
    return read_lengths(setting.within) if setting else policy.lengths()


def default_of(setting: PolicySetting) -> list[tuple[str, str, str]]:
    """What a setting changes, beside the product's own: the word of each grade, its default, its length here."""
    policy = POLICIES.get(setting.policy)
    try:
        mine = read_lengths(setting.within)
    except BadLength:
        mine = {}
    shipped = policy.lengths() if policy else {}
    words = dict.fromkeys([*shipped, *mine])
    return [(word, said(shipped.get(word)), said(mine.get(word) or mine.get("other"))) for word in words]


def said(length: Any) -> str:
    return length.words if length is not None else ""


def _acts(setting: PolicySetting, held: frozenset[str]) -> list[tuple[str, str]]:
    """The steps the reader's role has on a setting, each with its page, where guards are asked again."""
    open_here = [step for step in SETTING.steps if setting.state in SETTING.sources(step) and step.who & held]
    return [(step.label, step_url(setting, step)) for step in open_here]
