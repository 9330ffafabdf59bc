"""The queue of stalking: the open cases of a team that bear the flag, and whether the S-DASH of each is done. S0-002."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from cases.models import Involvement
from people.services import names_for
from risk.further import S_DASH
from risk.models import current_grades
from risk.services.further import done_in
from supervision.queues.declared import STALKING
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages import refused

PAGE = 25
NOT_YOURS = "This list is for specialists and for whoever supervises a team."


@login_required
@require_safe
def stalking_page(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time. Written down as looked at, with the cases shown."""
    user: Any = request.user
    if not user.holds(STALKING.who, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    before = id_in(request.GET.get("before")) or 0
    harmed = Involvement.objects.standing().filter(case=OuterRef("pk"), part=Involvement.Part.VICTIM)
    rows = STALKING.rows(user).select_related("unit")
    rows = (rows.filter(pk__lt=before) if before else rows).annotate(
        harmed=Subquery(harmed.order_by("-pk").values("person_id")[:1])
    )
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    cases = [case.pk for case in shown]
    names, grades = names_for({case.harmed for case in shown if case.harmed}, user), current_grades(cases)
    done = done_in(cases, S_DASH)
    audit.looked(by=user, kind=Access.Kind.VIEW, what="cases.stalking", hits=cases)
    context = {
        "rows": [(case, names.get(case.harmed, ""), grades.get(case.pk, ""), case.pk in done) for case in shown],
        "more": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "", "first": not before, "now": timezone.now(),
    }  # fmt: skip
    return render(request, "supervision/stalking.html", context)
