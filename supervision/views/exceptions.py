"""Exceptions from the minimum standards that wait for a decision."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Posting, User
from cases.visibility import units_near
from supervision.queues import Asked, Place, queue_page
from supervision.queues.decisions import EXCEPTIONS
from workflow.models import Refusal, Refused
from workflow.pages import refused

NOT_YOURS = "This list is for whoever supervises a team."


def roles_held(user: User) -> dict[str, Any]:
    """The roles by which the person works this list, asked in the statement that counts it."""
    held = Posting.objects.current().filter(user=user, role__in=EXCEPTIONS.who).order_by("pk")
    return {"roles": ArraySubquery(held.values("role"))}


@login_required
@require_safe
def exceptions_page(request: HttpRequest) -> HttpResponse:
    """Worst first, in the groups of every queue; each row leads to the page where it is decided."""
    user: Any = request.user
    now = timezone.now()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))
    page = queue_page(
        Asked(EXCEPTIONS.rows, units_near, roles_held, shape=EXCEPTIONS.name), user, now, alone=group, after=after
    )
    if not page.about["roles"]:
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    context = {"page": page, "now": now, "alone": group, "all_url": "?"}
    return render(request, "supervision/exceptions.html", context)
