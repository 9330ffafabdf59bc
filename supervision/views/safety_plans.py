"""Safety plans to approve, and to review: what of them a team owes, worst first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from supervision.queues import Queue
from supervision.queues.declared import APPROVE_PLANS, REVIEW_PLANS
from supervision.views.one_queue import one_queue

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
    said = {"queue": queue, "words": WORDS[queue.name]}
    return one_queue(request, queue, "supervision/safety_plans.html", beside=lambda *_: said)
