"""The intelligence bureau: what it is to take in, worst first, and what it is to look at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cases.models import Intelligence
from supervision.queues import BUREAU
from supervision.views.one_queue import one_queue
from workflow.clock import LONDON
from workflow.numbers import id_in

NOT_YOURS = "This list is for the intelligence bureau."
PAGE = 25


@login_required
@require_safe
def bureau_page(request: HttpRequest) -> HttpResponse:
    """What was sent, in the groups of every queue; beneath it what is due for review."""
    return one_queue(request, BUREAU, "supervision/bureau.html", NOT_YOURS, due_for_review)


def due_for_review(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Oldest first, a page at a time."""
    user: Any = request.user
    due = Intelligence.objects.visible_to(user).to_review(now.astimezone(LONDON).date())
    due = due.filter(pk__gt=id_in(request.GET.get("beyond")) or 0).select_related("case").order_by("pk")
    reviews = list(due[: PAGE + 1])
    return {"reviews": reviews[:PAGE], "beyond": reviews[PAGE - 1].pk if len(reviews) > PAGE else None}
