"""The intelligence bureau: what it is to take in, worst first, and what it is to look at again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Posting, User
from cases.models import Intelligence
from cases.visibility import units_near
from supervision.queues import BUREAU, Asked, Place, queue_page
from workflow.clock import LONDON
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages import refused

NOT_YOURS = "This list is for the intelligence bureau."
PAGE = 25


def roles_held(user: User) -> dict[str, Any]:
    """The roles by which the person works this list, asked in the statement that counts it."""
    held = Posting.objects.current().filter(user=user, role__in=BUREAU.who).order_by("pk")
    return {"roles": ArraySubquery(held.values("role"))}


@login_required
@require_safe
def bureau_page(request: HttpRequest) -> HttpResponse:
    """What was sent, in the groups of every queue; beneath it what is due for review, oldest first, a page at a time."""
    user: Any = request.user
    now = timezone.now()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))
    page = queue_page(
        Asked(BUREAU.rows, units_near, roles_held, shape=BUREAU.name), user, now, alone=group, after=after
    )
    if not page.about["roles"]:
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    due = Intelligence.objects.visible_to(user).to_review(now.astimezone(LONDON).date())
    due = due.filter(pk__gt=id_in(request.GET.get("beyond")) or 0).select_related("case").order_by("pk")
    reviews = list(due[: PAGE + 1])
    context = {
        "page": page, "now": now, "alone": group, "all_url": "?", "reviews": reviews[:PAGE],
        "beyond": reviews[PAGE - 1].pk if len(reviews) > PAGE else None,
    }  # fmt: skip
    return render(request, "supervision/bureau.html", context)
