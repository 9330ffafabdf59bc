"""Paper for the room: one case to be laid on the table, the plan of the last time with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access, Operation
from marac.models import AgendaItem
from marac.services.room import before, room_of
from marac.views.room import found_meeting
from workflow.pages.records import page


@require_safe
@page
def case_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One case as this reader may see it in the room, to be printed: a disclosure, written down as one."""
    item = AgendaItem.objects.standing().of_referrals().filter(pk=pk).first()
    if item is None:
        raise Http404
    meeting, _writes = found_meeting(request, item.meeting_id)
    user: Any = request.user
    case = before(room_of(meeting, user, item.pk, writes=False), user)
    if case is None or case.line.item.pk != item.pk:
        raise Http404
    audit.looked(
        by=user, kind=Access.Kind.PRINT, operation=Operation.DISCLOSURE, what=f"marac.agendaitem:{item.pk}",
        folder=case.line.item.case,
    )  # fmt: skip
    context = {"meeting": meeting, "case": case, "hearing": case.line.hearing, "now": timezone.now()}
    return render(request, "marac/room_paper.html", context)
