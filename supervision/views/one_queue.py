"""The page of one queue: its deadlines in the groups of every queue, for whoever holds a role that works it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Posting, User
from cases.visibility import units_near
from supervision.queues import Asked, Place, Queue, queue_page
from workflow.models import Refusal, Refused
from workflow.pages import refused

Beside = Callable[[HttpRequest, datetime], dict[str, Any]]
OF_A_TEAM = "This list is for whoever supervises a team."


def one_queue(
    request: HttpRequest, queue: Queue, template: str, not_yours: str = OF_A_TEAM, beside: Beside = lambda *_: {}
) -> HttpResponse:
    """Worst first; each row leads to the page where it is done. `beside` is what else the page shows, asked only of whoever
    works the queue.
    """
    user: Any = request.user
    now = timezone.now()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))

    def roles_held(who: User) -> dict[str, Any]:
        """The roles by which the person works this list, asked in the statement that counts it."""
        held = Posting.objects.current().filter(user=who, role__in=queue.who).order_by("pk")
        return {"roles": ArraySubquery(held.values("role"))}

    asked = Asked(queue.rows, units_near, roles_held, shape=queue.name)
    page = queue_page(asked, user, now, alone=group, after=after)
    if not page.about["roles"]:
        return refused(request, Refused(Refusal.ROLE, not_yours))
    return render(request, template, {"page": page, "now": now, "alone": group, "all_url": "?", **beside(request, now)})
