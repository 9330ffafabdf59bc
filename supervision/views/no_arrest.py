"""No arrest to check: the decisions of a team that a supervisor has still to look at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from supervision.keys import lines_of
from supervision.queues import NO_ARREST
from supervision.queues.liking import ROLES_HELD, liking_of
from supervision.views.one_queue import one_queue


@login_required
@require_safe
def no_arrest_page(request: HttpRequest) -> HttpResponse:
    """Each row leads to the page where the verdict is given; the queue is worked one by one, by key where somebody likes."""
    return one_queue(request, NO_ARREST, "supervision/no_arrest.html", beside=keys_of)


def keys_of(request: HttpRequest, now: datetime) -> dict[str, Any]:
    user: Any = request.user
    liking = liking_of(user, NO_ARREST.name)
    setattr(request, ROLES_HELD, liking.roles)
    return {"queue": NO_ARREST.name, "pairs": [], "keys": lines_of(liking.keys)}
