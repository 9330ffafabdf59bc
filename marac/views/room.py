"""The meeting room: one page for whoever keeps it, kept fresh for everybody who may look on."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit import services as audit
from audit.models import Access
from marac.forms.room import Agreed, AttendanceSaid, SharedSaid
from marac.models import Attendance, ForumAction, Hearing, Meeting, Shared
from marac.models.meeting import FORUM_STAFF
from marac.models.seats import agencies_of, attendances_of
from marac.services.room import Before, Room, before, room_of
from marac.services.seating import Row, keep_seats
from marac.steps import MEETING
from workflow.declare import workflow_of
from workflow.models import Refusal, Refused
from workflow.pages.door import number
from workflow.pages.records import page
from workflow.pages.tasks import section_url, step_url

#: What the page keeps fresh: each part is drawn by a template of its own, for the page and for whoever asks again.
REGIONS = ("seats", "list", "head", "knows", "analysis", "old", "plan", "end")
BOXES = ("harm", "likely", "worse", "risks")


def found_meeting(request: HttpRequest, pk: int) -> tuple[Meeting, bool]:
    """The meeting, and whether this person keeps its room. Raises Http404 for whoever has no part in the forum."""
    user: Any = request.user
    rows = Meeting.objects.visible_to(user).select_related("forum__unit", "unit", "chair", "keeper")
    meeting = rows.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting, bool(FORUM_STAFF & user.roles_over(meeting.unit))


@require_safe
@page
def room_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The room, on the case that is being heard or the one asked for (`?item=`)."""
    return show_room(request, pk, number(request.GET.get("item")))


def show_room(request: HttpRequest, pk: int, item: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page: the parts that are kept fresh, and beside them the boxes that people type in."""
    meeting, writes = found_meeting(request, pk)
    user: Any = request.user
    room = room_of(meeting, user, item or None, writes)
    case = before(room, user)
    if case and request.method == "GET":
        what = f"marac.referral:{case.referral.pk}"
        audit.looked(by=user, kind=Access.Kind.VIEW, what=what, folder=case.line.item.case)
    again = number(request.GET.get("again"))
    context = {
        **shown(room, case),
        **typed(room, case, again),
        "csrf": get_token(request),
        "token": uuid.uuid4().hex,
        **more,
    }
    return render(request, "marac/room.html", context, status=status)


def shown(room: Room, case: Before | None) -> dict[str, Any]:
    """What the parts are drawn from: nothing in it moves by itself, so that the same room has the same tag."""
    hearing = case.line.hearing if case else None
    return {
        "room": room, "meeting": room.meeting, "case": case, "hearing": hearing, "writes": room.writes,
        "hears": room.writes and hearing is not None and hearing.state == Hearing.State.HEARING,
        "steps": [
            (step.label, step_url(room.meeting, step)) for step in MEETING.steps
            if room.writes and room.meeting.state in MEETING.sources(step) and step.name in ("open", "promise", "close", "issue")
            and (step.when is None or step.when(room.meeting))
        ],
    }  # fmt: skip


def typed(room: Room, case: Before | None, again: int) -> dict[str, Any]:
    """The boxes for whoever keeps the room: each saved by itself, on the version that it shows. `again`: an old action to set
    once more.
    """
    hearing = case.line.hearing if case else None
    if case is None or hearing is None:
        return {}
    table = workflow_of(hearing)
    boxes = [
        (name, table.section(name), getattr(hearing, name), section_url(hearing, table.section(name))) for name in BOXES
    ]
    action = ForumAction(referral=case.referral, meeting=room.meeting)
    said = Shared(referral=case.referral, hearing=hearing)
    old = next((row for row in case.old if row.pk == again), None)
    first = {"what": old.what, "set_again": old.pk} if old else {}
    return {
        "boxes": boxes, "action_form": Agreed(subject=action, initial=first), "share_form": SharedSaid(subject=said),
        "grade_url": section_url(hearing, table.section("grade")),
    }  # fmt: skip


@require_safe
@login_required
def room_fresh(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts anew, for a page that asks again and again: 304 while nothing has changed. No form in it, no token."""
    meeting, writes = found_meeting(request, pk)
    user: Any = request.user
    room = room_of(meeting, user, number(request.GET.get("item")) or None, writes)
    case = before(room, user)
    context = shown(room, case)
    hearing = context["hearing"]
    said = {
        "regions": {name: render_to_string(f"marac/room/{name}.html", context) for name in REGIONS},
        "boxes": {name: getattr(hearing, name) for name in BOXES} if hearing else {},
        "seen": hearing.version if hearing else 0, "item": room.now.item.pk if room.now else 0,
    }  # fmt: skip
    body = json.dumps(said, sort_keys=True)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(status=304) if request.headers.get("If-None-Match") == tag else HttpResponse(
        body, content_type="application/json"
    )  # fmt: skip
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@page
def attendance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is here, agency by agency: said, signed, put right, all on one page."""
    meeting, writes = found_meeting(request, pk)
    if not writes:
        raise Http404
    user: Any = request.user
    rows = attendance_rows(request, meeting)
    if request.method == "POST" and all(row.form.is_valid() for row in rows):
        keep_seats(meeting, rows, by=user, at=timezone.now())
        return redirect("meeting-room", pk)
    wrong = any(row.form.is_bound and not row.form.is_valid() for row in rows)
    problems = [problem for row in rows if row.form.is_bound for problem in row.form.problems()]
    context = {"meeting": meeting, "rows": rows, "problems": problems}
    return render(request, "marac/attendance.html", context, status=422 if wrong else 200)


def attendance_rows(request: HttpRequest, meeting: Meeting) -> list[Row]:
    """A line for everybody recorded, and an empty one for each agency, and one for somebody of none."""
    data = request.POST if request.method == "POST" else None
    known = attendances_of(meeting)
    blank = [(agency, None) for agency in (*agencies_of(meeting), None)]
    rows = []
    for agency, row in [*((row.agency, row) for row in known), *blank]:
        key = f"row{row.pk}" if row else f"new{agency.pk if agency else 0}"
        rows.append(Row(agency, row, AttendanceSaid(data, prefix=key, initial=as_said(row))))
    return sorted(rows, key=lambda line: (line.agency is None, str(line.agency or ""), line.known is None))


def as_said(row: Attendance | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {"name": row.name, "standing": row.standing, "signed": row.signed_at is not None, "sent_word": row.sent_word}


def refuse_unless_writes(writes: bool) -> None:
    if not writes:
        raise Refused(Refusal.ROLE, "The room is kept by the chair and the coordinator of the forum.")
