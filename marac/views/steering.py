"""The report to the steering group, on the page and as a paper; who came to the meetings and who answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from audit import services as audit
from audit.models import Access, Operation
from marac.models import Forum, SteeringPaper
from marac.services.attending import meetings_held, register, seat_lines
from marac.services.counting import later, quarter_of
from marac.services.steering import report_of
from marac.views.figures import READS, day_of, found_forum
from marac.views.minutes import MARKING
from marac.views.returns import first_day
from workflow.pages.door import PAGE, for_roles, number

QUARTERS = 8  # offered
PAPERS = 10


@require_safe
@for_roles(READS)
def steering_page(request: HttpRequest) -> HttpResponse:
    """The report of a quarter of one forum; `?forum=`, `?from=` the quarter."""
    now: datetime = timezone.now()
    forums = list(Forum.objects.order_by("-state", "name", "pk")[: PAGE * 4])
    chosen = number(request.GET.get("forum"))
    forum = next((row for row in forums if row.pk == chosen), forums[0] if forums else None)
    this = quarter_of(timezone.localdate(now))
    first = first_day(request.GET.get("from"), this)
    papers = SteeringPaper.objects.filter(forum=forum, begins_on=first).select_related("asked_by").defer("pdf")
    context = {
        "forums": forums, "forum": forum, "first": first, "now": now, "report": report_of(forum, first, now) if forum else None,
        "choices": offered(this), "papers": papers.order_by("-pk")[:PAPERS],
    }  # fmt: skip
    return render(request, "marac/steering.html", context)


def offered(this: Any) -> list[Any]:
    """The quarters to choose from, this one first."""
    return [later(this, -back) for back in range(QUARTERS)]


@require_POST
@for_roles(READS, of_one=True)
def ask_steering_paper(request: HttpRequest, pk: int, quarter: str) -> HttpResponse:
    """Ask for the report as a PDF: the worker makes it within a minute. One that is being made is not asked for twice."""
    user: Any = request.user
    forum, day = found_forum(pk), day_of(quarter)
    asked = {"forum": forum, "begins_on": day, "made_at": None, "attempts__lt": SteeringPaper.TRIES}
    with transaction.atomic():
        SteeringPaper.objects.get_or_create(
            **asked, defaults={"attempts": 0, "asked_by": user, "asked_at": timezone.now()}
        )
    return redirect(f"{reverse('steering-report')}?forum={forum.pk}&from={day}#paper")


@require_safe
@for_roles(READS, of_one=True)
def steering_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF, as it was made."""
    user: Any = request.user
    paper = SteeringPaper.objects.filter(pk=pk, made_at__isnull=False).first()
    if paper is None:
        raise Http404
    audit.looked(
        by=user, kind=Access.Kind.PRINT, operation=Operation.DISCLOSURE, what=f"marac.steeringpaper:{paper.pk}"
    )
    name = content_disposition_header(as_attachment=True, filename=f"{MARKING} steering report {paper.begins_on}.pdf")
    return HttpResponse(bytes(paper.pdf or b""), "application/pdf", headers={"Content-Disposition": str(name)})


@require_safe
@for_roles(READS, of_one=True)
def attending_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The register of a quarter: each meeting with who came, each agency with how often it came and how it answered."""
    forum, now = found_forum(pk), timezone.now()
    this = quarter_of(timezone.localdate(now))
    first = first_day(request.GET.get("from"), this)
    meetings = meetings_held(forum, first, later(first, 1))
    context = {
        "forum": forum, "first": first, "before": later(first, 1), "choices": offered(this),
        "lines": seat_lines(forum, meetings, now), "meetings": register(meetings),
    }  # fmt: skip
    return render(request, "marac/forum_attendance.html", context)
