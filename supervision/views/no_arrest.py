"""No arrest to check: the decisions of a team that a supervisor has still to look at."""

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
from supervision.keys import lines_of
from supervision.queues import NO_ARREST, Asked, Place, queue_page
from supervision.queues.liking import ROLES_HELD, liking_of
from workflow.models import Refusal, Refused
from workflow.pages import refused

NOT_YOURS = "This list is for whoever supervises a team."


def roles_held(user: User) -> dict[str, Any]:
    """The roles by which the person works this list, asked in the statement that counts it."""
    held = Posting.objects.current().filter(user=user, role__in=NO_ARREST.who).order_by("pk")
    return {"roles": ArraySubquery(held.values("role"))}


@login_required
@require_safe
def no_arrest_page(request: HttpRequest) -> HttpResponse:
    """Worst first, in the groups of every queue; each row leads to the page where the verdict is given."""
    user: Any = request.user
    now = timezone.now()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))
    asked = Asked(NO_ARREST.rows, units_near, roles_held, shape=NO_ARREST.name)
    page = queue_page(asked, user, now, alone=group, after=after)
    if not page.about["roles"]:
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    liking = liking_of(user, NO_ARREST.name)
    setattr(request, ROLES_HELD, liking.roles)
    context = {
        "page": page, "now": now, "alone": group, "all_url": "?", "queue": NO_ARREST.name, "pairs": [],
        "keys": lines_of(liking.keys),
    }  # fmt: skip
    return render(request, "supervision/no_arrest.html", context)
