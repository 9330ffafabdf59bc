"""The queue of stalking: the open cases of a team that bear the flag, and whether the S-DASH of each is done. S0-002."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases.models import Involvement
from people.services import names_for
from risk.further import S_DASH
from risk.models import current_grades
from risk.services.further import done_in
from supervision.queues.declared import STALKING
from supervision.queues.flagged import by_clock, group_name
from workflow.models import Refusal, Refused
from workflow.pages import refused
from workflow.pages.door import address, number
from workflow.policies import POLICIES

PAGE, MOST = 25, 500
NOT_YOURS = "This list is for specialists and for whoever supervises a team."


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the list: under which group it stands, what is wanted first of it, and whether its S-DASH is done."""

    case: Any
    group: str
    name: str
    grade: str
    done: bool

    @property
    def wanted(self) -> str:
        policy = POLICIES.get(self.case.wanted or "")
        return policy.label if policy else ""

    @property
    def why_url(self) -> str:
        return reverse("deadline", args=[self.case.deadline])


@login_required
@require_safe
def stalking_page(request: HttpRequest) -> HttpResponse:
    """What is most overdue first, as in every queue; `?from=` the place in the list. Written down as looked at."""
    user: Any = request.user
    if not user.holds(STALKING.who, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    first, now = min(number(request.GET.get("from")), MOST), timezone.now()
    harmed = Involvement.objects.standing().filter(case=OuterRef("pk"), part=Involvement.Part.VICTIM)
    rows = by_clock(STALKING.rows(user).select_related("unit"), now)
    rows = rows.annotate(harmed=Subquery(harmed.order_by("-pk").values("person_id")[:1]))
    found = list(rows[first : first + PAGE + 1])
    shown = found[:PAGE]
    audit.looked(by=user, kind=Access.Kind.VIEW, what="cases.stalking", hits=[case.pk for case in shown])
    more = len(found) > PAGE and first + PAGE <= MOST
    context = {
        "lines": lines_of(shown, user, now), "more": address({"from": first + PAGE}) if more else "", "first": first == 0,
        "now": now, "most": MOST,
    }  # fmt: skip
    return render(request, "supervision/stalking.html", context)


def lines_of(shown: list[Any], user: User, now: datetime) -> list[Line]:
    """With names, grades and whether the S-DASH of each is done: three queries, whatever their number."""
    cases = [case.pk for case in shown]
    names, grades = names_for({case.harmed for case in shown if case.harmed}, user), current_grades(cases)
    done = done_in(cases, S_DASH)
    return [
        Line(case, group_name(case, now), names.get(case.harmed, ""), grades.get(case.pk, ""), case.pk in done)
        for case in shown
    ]
