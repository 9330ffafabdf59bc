"""Minutes: the copies of a meeting, one as its reader may read it, and its paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access, Operation
from marac.models import Meeting, MinutesCopy
from marac.services.minutes import read
from marac.views.room import found_meeting
from workflow.clock import LONDON
from workflow.models import Refusal, Refused
from workflow.pages.records import page

NOT_YOURS = "The paper tells of a case that you do not hear. Read here what is yours."
NOT_MADE = "The paper is being made. Try again in a minute."
MARKING = "OFFICIAL-SENSITIVE"


@require_safe
@page
def all_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The copies of one meeting that this person may read."""
    meeting, _writes = found_meeting(request, pk)
    rows = MinutesCopy.objects.visible_to(request.user).filter(meeting=meeting)  # type: ignore[arg-type]
    copies = rows.select_related("agency__unit", "issued_by").order_by("agency__unit__name", "pk")[:100]
    return render(request, "marac/minutes_list.html", {"meeting": meeting, "copies": copies})


def found_copy(request: HttpRequest, pk: int) -> MinutesCopy:
    rows = MinutesCopy.objects.visible_to(request.user).select_related("meeting__forum", "agency__unit", "issued_by")  # type: ignore[arg-type]
    copy = rows.filter(pk=pk).first()
    if copy is None:
        raise Http404
    return copy


@require_safe
@page
def minutes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One copy: without the cases that are hidden from its reader."""
    copy, user = found_copy(request, pk), request.user
    said = read(copy, user)  # type: ignore[arg-type]
    hits = [case["case"] for case in said["cases"]]
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"marac.minutescopy:{copy.pk}", hits=hits)  # type: ignore[arg-type]
    context: dict[str, Any] = {
        "copy": copy,
        "said": said,
        "paper": copy.papers.order_by("-pk").only("pk", "pages").first(),
    }
    return render(request, "marac/minutes.html", context)


@require_safe
@page
def minutes_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a copy, for whoever may read the whole of it."""
    copy, user = found_copy(request, pk), request.user
    said = read(copy, user)  # type: ignore[arg-type]
    if said["left_out"]:
        raise Refused(Refusal.GUARD, f"Not available. {NOT_YOURS}")
    paper = copy.papers.order_by("-pk").first()
    if paper is None:
        raise Refused(Refusal.GUARD, f"Not yet. {NOT_MADE}")
    audit.looked(
        by=user, kind=Access.Kind.PRINT, operation=Operation.DISCLOSURE, what=f"marac.minutespaper:{paper.pk}",  # type: ignore[arg-type]
        hits=[case["case"] for case in said["cases"]],
    )  # fmt: skip
    answer = HttpResponse(bytes(paper.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(copy.meeting)}"'
    return answer


def file_name(meeting: Meeting) -> str:
    """Marking, kind, the London day: no name of anybody."""
    return f"{MARKING} minutes {meeting.pk} {meeting.starts_at.astimezone(LONDON):%Y-%m-%d}.pdf"
