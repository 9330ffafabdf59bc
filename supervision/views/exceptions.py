"""Exceptions from the minimum standards that wait for a decision."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from supervision.queues.declared import EXCEPTIONS
from supervision.views.one_queue import one_queue


@login_required
@require_safe
def exceptions_page(request: HttpRequest) -> HttpResponse:
    """Each row leads to the page where it is decided."""
    return one_queue(request, EXCEPTIONS, "supervision/exceptions.html")
