"""Beginning an action of a safety plan from the words of a kind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from risk.services.plans import action_offered
from risk.steps_of_plans import ACTION_ROW
from workflow.pages.records import open_record, page
from workflow.pages.rows import ask_row


@page
def plan_action_offered(request: HttpRequest, pk: int, kind: int) -> HttpResponse:
    """The ordinary page of an action, with what is known filled in; what is not offered is not there."""
    plan = open_record(request, "safety-plan", pk)
    row = action_offered(plan, kind)
    if row is None:
        raise Http404
    return ask_row(request, plan, ACTION_ROW, row)
