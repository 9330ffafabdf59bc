"""Looks at the risk that a team owes: the list of specialists and of whoever supervises."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from supervision.queues.declared import REVIEWS
from supervision.views.one_queue import one_queue

NOT_YOURS = "This list is for domestic abuse specialists and for whoever supervises a team."


@login_required
@require_safe
def risk_reviews_page(request: HttpRequest) -> HttpResponse:
    """Each row leads to the page where the review is recorded."""
    return one_queue(request, REVIEWS, "supervision/risk_reviews.html", NOT_YOURS)
