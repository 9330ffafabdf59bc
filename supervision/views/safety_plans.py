"""Safety plans to approve, and to review: what of them a team owes, worst first."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from accounts.models import Posting, User
from cases.visibility import units_near
from supervision.queues import Asked, Place, Queue, queue_page
from supervision.queues.declared import APPROVE_PLANS, REVIEW_PLANS
from workflow.models import Refusal, Refused
from workflow.pages import refused

NOT_YOURS = "This list is for whoever supervises a team."
#: What the list says of itself, by its queue.
WORDS = {
    APPROVE_PLANS.name: N_(
        "A plan counts only when somebody who did not write it has approved it. An action that cannot be done waits here too."
    ),
    REVIEW_PLANS.name: N_(
        "Each plan is looked at again on its day, and whenever something happens that it must answer."
    ),
}


@login_required
@require_safe
def plans_to_approve_page(request: HttpRequest) -> HttpResponse:
    """Each row leads to the page of the decision."""
    return _list(request, APPROVE_PLANS)


@login_required
@require_safe
def plans_to_review_page(request: HttpRequest) -> HttpResponse:
    """Each row leads to the page where the review is said."""
    return _list(request, REVIEW_PLANS)


def _list(request: HttpRequest, queue: Queue) -> HttpResponse:
    """The four groups of every queue; only for whoever holds a role that works the list."""
    user: Any = request.user
    now = timezone.now()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))

    def roles_held(who: User) -> dict[str, Any]:
        held = Posting.objects.current().filter(user=who, role__in=queue.who).order_by("pk")
        return {"roles": ArraySubquery(held.values("role"))}

    asked = Asked(queue.rows, units_near, roles_held, shape=queue.name)
    page = queue_page(asked, user, now, alone=group, after=after)
    if not page.about["roles"]:
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    context = {"page": page, "now": now, "alone": group, "all_url": "?", "queue": queue, "words": WORDS[queue.name]}
    return render(request, "supervision/safety_plans.html", context)
