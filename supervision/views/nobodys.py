"""Held by nobody: the open cases of a team that somebody must be given."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Involvement
from people.services import names_for
from risk.models import current_grades
from supervision.queues import NOBODYS
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages import refused

PAGE = 25
NOT_YOURS = "This list is for whoever looks after a team."


@login_required
@require_safe
def nobodys_page(request: HttpRequest) -> HttpResponse:
    """Oldest first, a page at a time; each leads to the case and to the step that gives it to somebody."""
    user: Any = request.user
    if not user.holds(NOBODYS.who, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    after = id_in(request.GET.get("after")) or 0
    harmed = Involvement.objects.standing().filter(case=OuterRef("pk"), part=Involvement.Part.VICTIM)
    rows = NOBODYS.rows(user).filter(pk__gt=after).select_related("unit")
    found = list(rows.annotate(harmed=Subquery(harmed.order_by("-pk").values("person_id")[:1]))[: PAGE + 1])
    names = names_for({case.harmed for case in found if case.harmed}, user)
    grades = current_grades(case.pk for case in found)
    context = {
        "rows": [(case, names.get(case.harmed, ""), grades.get(case.pk, "")) for case in found[:PAGE]],
        "more": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "", "first": not after, "now": timezone.now(),
    }  # fmt: skip
    return render(request, "supervision/nobodys.html", context)
