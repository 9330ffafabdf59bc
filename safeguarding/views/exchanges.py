"""What was shared on a case and with whom, and what partners do beside us."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Case
from cases.views.door import open_case
from safeguarding.models import Exchange, JointAction
from safeguarding.steps import EXCHANGE, JOINT_ACTION
from safeguarding.views.acts import own_acts
from workflow.declare import NEW, Workflow
from workflow.numbers import id_in
from workflow.pages.door import PAGE
from workflow.pages.records import page

ACTIONS_SHOWN = 50  # of a case, the open ones first; a case with more keeps the oldest on its timeline


@require_safe
@page
def exchanges_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The log, the newest first, `?before=` a page at a time; and the joint actions, those to be done first."""
    case = open_case(request, reference)
    user: Any = request.user
    held = user.roles_over(case.unit)
    rows = exchanges_of(case)
    last = Exchange.objects.filter(case=case, pk=id_in(request.GET.get("before")) or 0).first()
    if last is not None:
        rows = rows.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)
    found, actions = list(rows[: PAGE + 1]), list(actions_of(case)[:ACTIONS_SHOWN])
    for record in (*found, *actions):
        record.case = case
    is_open = case.state == Case.State.OPEN
    context = {
        "case": case, "rows": [(row, own_acts(row, user, held)) for row in found[:PAGE]], "first": last is None,
        "actions": [(row, own_acts(row, user, held)) for row in actions], "today": timezone.localdate(),
        "begins": begins(case, EXCHANGE, held) if is_open else [],
        "actions_begin": begins(case, JOINT_ACTION, held) if is_open else [],
        "next_page": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "safeguarding/exchanges.html", context)


def begins(case: Case, table: Workflow, held: frozenset[str]) -> list[tuple[str, str]]:
    steps = [step for step in table.steps if step.source is NEW and step.who & held]
    return [(step.label, reverse("begin-in", args=[table.name, step.name, case.pk])) for step in steps]


def exchanges_of(case: Case) -> Any:
    """Index: exchange_of_case."""
    rows = (
        Exchange.objects.standing()
        .filter(case=case)
        .select_related("agency__unit", "recorded_by", "referral__recorded_by")
    )
    return rows.order_by("-at", "-pk")


def actions_of(case: Case) -> Any:
    """Those to be done by their day, then the others by theirs. Index: joint_action_of_case."""
    rows = JointAction.objects.standing().filter(case=case).select_related("agency__unit", "recorded_by")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "due_on", "pk")
