"""Meetings: the list, and one with its agenda, how full it is, to whom it goes and what has come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import PARTNERS
from marac.models import AgendaCopy, Forum, ForumTerms, Meeting, Research
from marac.models.meeting import FORUM_STAFF
from marac.models.planning import days_of, terms_of, waiting_for
from marac.services.agenda import PartOf, agenda_for, next_offered, room_of
from marac.services.publishing import recipients
from marac.steps import MEETING
from workflow.clock import LONDON
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, number
from workflow.pages.records import denied, page, take_step

READERS = FORUM_STAFF | PARTNERS
USUAL_HOUR = time(10, 0)
SHOWN = 100


@require_safe
@for_roles(READERS)
def meetings_page(request: HttpRequest) -> HttpResponse:
    """The meetings of one's forums, the latest first. As many queries for one as for fifty. Index: meeting_of_forum."""
    user: Any = request.user
    rows: Any = Meeting.objects.visible_to(user)
    last = rows.filter(pk=number(request.GET.get("after"))).values_list("starts_at", "pk").first()
    if last:
        rows = rows.filter(Q(starts_at__lt=last[0]) | Q(starts_at=last[0], pk__lt=last[1]))
    found = list(rows.select_related("forum").order_by("-starts_at", "-pk")[: PAGE + 1])
    forums = Forum.objects.filter(state=Forum.State.WORKING).order_by("name", "pk")
    context = {
        "rows": found[:PAGE], "first": not last,
        "next_page": address({"after": found[PAGE - 1].pk}) if len(found) > PAGE else "",
        "forums": forums[:SHOWN] if FORUM_STAFF & held_by(request) else [],
    }  # fmt: skip
    return render(request, "marac/meetings.html", context)


@require_safe
@for_roles(READERS, of_one=True)
def meeting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting. An agency reads its own cases and its own copy; whoever runs the forum, who has what."""
    user: Any = request.user
    meeting = (
        Meeting.objects.visible_to(user).select_related("forum__unit", "unit", "chair", "keeper").filter(pk=pk).first()
    )
    if meeting is None:
        denied(Meeting, user, pk=pk)
        raise Http404
    over = user.roles_over(meeting.unit)
    terms, parts, runs = terms_of(meeting), agenda_for(meeting, user), bool(over & FORUM_STAFF)
    context = {
        "meeting": meeting, "terms": terms, "days": days_of(meeting.starts_at, terms), "parts": parts, "runs": runs,
        "room": room_of(parts, terms), "copies": copies_of(meeting, user, runs), "now": timezone.now(),
        "acts": acts_on(meeting, user, over) if runs else [], **(beside(meeting, parts) if runs else {}),
    }  # fmt: skip
    return render(request, "marac/meeting.html", context)


def copies_of(meeting: Meeting, user: User, runs: bool) -> list[dict[str, Any]]:
    """Who has the agenda and how much research is back: numbers, never what it says."""
    rows = AgendaCopy.objects.visible_to(user).filter(meeting=meeting).select_related("agency__unit")
    back = Q(state__in=[Research.State.RETURNED, Research.State.NIL])
    found = Research.objects.standing().filter(meeting=meeting).order_by().values("agency")
    counts = {row["agency"]: row for row in found.annotate(all=Count("pk"), back=Count("pk", filter=back))}
    none = {"all": 0, "back": 0}
    return [
        {"copy": copy, "all": counts.get(copy.agency_id, none)["all"], "back": counts.get(copy.agency_id, none)["back"]}
        for copy in rows.order_by("agency__unit__name", "pk")[:SHOWN]
    ]  # fmt: skip


def beside(meeting: Meeting, parts: Sequence[PartOf]) -> dict[str, Any]:
    """What whoever makes the agenda needs beside it: what waits still, to whom it would go, what goes out to nobody."""
    to = recipients(meeting, timezone.now())
    lines = [line for part in parts for line in part.lines]
    held_back = [line for line in lines if line.item.case is not None and line.item.case.restricted]
    waiting = waiting_for(meeting.forum)
    closes = days_of(meeting.starts_at, terms_of(meeting)).closes
    counted = waiting.aggregate(late=Count("pk", filter=Q(submitted_at__gt=closes)), waiting=Count("pk"))
    return {
        "to": to, "late": counted["late"], "waiting": counted["waiting"] - counted["late"],
        "held_back": held_back[:SHOWN],
        "asked": meeting.state in (Meeting.State.PLANNED, Meeting.State.PUBLISHED),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(MEETING.step("plan").who, of_one=True)
@page
def plan_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting of one forum; the day that its rhythm gives is filled in."""
    forum = Forum.objects.select_related("unit").filter(pk=pk).first()
    if forum is None:
        raise Http404
    meeting = Meeting(forum=forum, unit=forum.unit, starts_at=offered(forum), venue=forum.venue)
    return take_step(request, meeting, MEETING.step("plan"))


def offered(forum: Forum) -> datetime:
    today = timezone.localdate()
    return datetime.combine(next_offered(forum, today, ForumTerms.objects.of(forum, today)), USUAL_HOUR, tzinfo=LONDON)
