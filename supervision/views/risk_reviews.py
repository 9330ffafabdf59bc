"""Looks at the risk that a team owes: the list of specialists and of whoever supervises."""

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
from supervision.queues.declared import REVIEWS
from workflow.models import Refusal, Refused
from workflow.pages import refused

NOT_YOURS = "This list is for domestic abuse specialists and for whoever supervises a team."


def roles_held(user: User) -> dict[str, Any]:
    """The roles by which the person works this list, asked in the statement that counts it."""
    held = Posting.objects.current().filter(user=user, role__in=REVIEWS.who).order_by("pk")
    return {"roles": ArraySubquery(held.values("role"))}


@login_required
@require_safe
def risk_reviews_page(request: HttpRequest) -> HttpResponse:
    """Worst first, in the groups of every queue; each row leads to the page where the review is recorded."""
    user: Any = request.user
    now = timezone.now()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))
    page = queue_page(
        Asked(REVIEWS.rows, units_near, roles_held, shape=REVIEWS.name), user, now, alone=group, after=after
    )
    if not page.about["roles"]:
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    return render(request, "supervision/risk_reviews.html", {"page": page, "now": now, "alone": group, "all_url": "?"})
