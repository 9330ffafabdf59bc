"""May be the same person: the pairs that somebody must judge."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.services import names_for
from supervision.queues.declared import DUPLICATES
from workflow.models import Refusal, Refused
from workflow.pages import refused

PAGE = 25
NOT_YOURS = "This list is for whoever supervises a team, and for intelligence officers."
PLACE = re.compile(r"(\d{1,5})-(\d{1,18})")  # the score and the id of the last pair shown


@login_required
@require_safe
def duplicates_page(request: HttpRequest) -> HttpResponse:
    """The likeliest first, a page at a time. Index: duplicate_queue."""
    user: Any = request.user
    if not user.holds(DUPLICATES.who, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    rows, after = DUPLICATES.rows(user), PLACE.fullmatch(request.GET.get("after", ""))
    if after:
        score, pk = int(after[1]), int(after[2])
        rows = rows.filter(Q(seen_score__lt=score) | Q(seen_score=score, pk__lt=pk))
    found = list(rows.select_related("unit")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    names = names_for({hub for pair in found for hub in pair.hubs}, user)
    context = {
        "rows": [(pair, names[pair.one_id], names[pair.two_id]) for pair in found[:PAGE]],
        "more": f"?after={last.seen_score}-{last.pk}" if last else "", "first": not after, "now": timezone.now(),
    }  # fmt: skip
    return render(request, "supervision/duplicates.html", context)
