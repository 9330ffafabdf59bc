"""One telling, with the words as they were said; one final report, and those still to be submitted or found."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases.models import Case
from dvds.models import FinalReport, Telling
from dvds.steps.roles import UNIT
from people.services import names_for
from workflow import engine
from workflow.pages.door import PAGE, address, for_roles, number
from workflow.pages.records import open_record, page
from workflow.pages.tasks import step_url


def acts_of(record: Any, user: User) -> dict[str, list[tuple[str, str, str]]]:
    """What the reader may do to it, the safety acts apart: (label, page, the sentence why not yet)."""
    acts: dict[str, list[tuple[str, str, str]]] = {"own": [], "safety": []}
    for offer in engine.offers(record, user, user.roles_over(record.scope)):
        side = "safety" if offer.step.is_safety_act else "own"
        acts[side].append((offer.step.label, step_url(record, offer.step), offer.refusal))
    return acts


@require_safe
@page
def telling_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom, why, how; the words as they were said, for the unit alone. Each look is written down."""
    user: Any = request.user
    telling: Telling = open_record(request, "telling", pk)
    name = names_for([telling.person_id], user)[telling.person_id] if telling.person_id else telling.called
    in_unit = bool(user.roles_over(telling.scope) & UNIT)  # who sits in the forum may open the case still, that day
    context = {"telling": telling, "name": name, "acts": acts_of(telling, user), "in_unit": in_unit}
    return render(request, "dvds/telling.html", context)


@require_safe
@page
def final_report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The payload, to be taken over into the intelligence system, and how far it has come."""
    user: Any = request.user
    report: FinalReport = open_record(request, "final-report", pk)
    return render(request, "dvds/final_report.html", {"report": report, "acts": acts_of(report, user)})


@require_safe
@for_roles(UNIT)
def final_reports_page(request: HttpRequest) -> HttpResponse:
    """Those to be submitted, then those submitted and not found yet, the oldest first. As many queries for one row as for
    fifty. Index: final_report_to_upload.
    """
    user: Any = request.user
    worked = Case.objects.worked_by(user).order_by().values("pk")
    waits = FinalReport.objects.standing().filter(
        case__in=worked, state__in=[FinalReport.State.DRAFTED, FinalReport.State.SUBMITTED]
    )
    after = number(request.GET.get("after"))
    rows = (waits.filter(pk__gt=after) if after else waits).select_related("case").defer("payload").order_by("pk")
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    audit.looked(by=user, kind=Access.Kind.VIEW, what="dvds.final-reports", hits=sorted({row.case_id for row in shown}))
    context = {
        "rows": shown, "now": timezone.now(), "first": not after,
        "next_page": address({"after": shown[-1].pk}) if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "dvds/final_reports.html", context)
