"""What is done in the room to the case that is heard: each a press, answered by the room itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from marac.forms.room import Agreed, Marked, SharedSaid
from marac.models import AgendaItem, Attendance, ForumAction, Hearing, Shared
from marac.services import agreeing, shared
from marac.services.calling import call_case, turn_timer
from marac.services.old_plan import mark, old_actions
from marac.views.room import found_meeting, refuse_unless_writes, show_room
from safeguarding.models import Agency
from workflow import engine
from workflow.forms import EvidenceForm
from workflow.models import Refusal, Refused
from workflow.numbers import version_in
from workflow.pages.records import once, open_record, page


def heard(request: HttpRequest, pk: int) -> Hearing:
    """The hearing, for whoever keeps the room. Raises Http404 where it is hidden, Refused where they only look on."""
    hearing: Hearing = open_record(request, "hearing", pk)
    refuse_unless_writes(found_meeting(request, hearing.item.meeting_id)[1])
    return hearing


@require_POST
@page
def call_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a case: whatever was heard is paused, this one begins or goes on. What must come first is said in the room."""
    item = AgendaItem.objects.standing().of_referrals().select_related("case", "meeting__forum").filter(pk=pk).first()
    if item is None:
        raise Http404
    refuse_unless_writes(found_meeting(request, item.meeting_id)[1])
    user: Any = request.user
    try:
        call_case(item, by=user, at=timezone.now())
    except Refused as refusal:
        if refusal.kind != Refusal.GUARD:
            raise
        return show_room(request, item.meeting_id, item.pk, status=422, refusal=refusal)
    return redirect(f"{reverse('meeting-room', args=[item.meeting_id])}?item={item.pk}")


@require_POST
@page
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause the timer, or let it run."""
    hearing = heard(request, pk)
    turn_timer(hearing, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return redirect(hearing.get_absolute_url())


@require_POST
@page
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Capture an action. Two people may at once: neither has seen the other's, and both stand."""
    hearing, user = heard(request, pk), request.user
    action = ForumAction(referral=hearing.referral, meeting=hearing.item.meeting)

    def act() -> str:
        agreeing.agree(hearing, request.POST, by=user)  # type: ignore[arg-type]
        return f"{hearing.get_absolute_url()}#plan"

    return answered(request, hearing, act, "action_form", Agreed(request.POST, subject=action))


@require_POST
@page
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one line that was said, with whose it is."""
    hearing, user = heard(request, pk), request.user
    form = SharedSaid(request.POST, subject=Shared(referral=hearing.referral, hearing=hearing))

    def act() -> str:
        if not form.is_valid():
            raise Refused(Refusal.FORM, "There is a problem.", errors=form)
        agency = Agency.objects.get(pk=form.cleaned_data["agency"])
        row = shared.share(hearing, form.cleaned_data, agency)
        row.said_by = speaker(hearing, agency)
        engine.add(row, beneath=hearing, by=user)  # type: ignore[arg-type]
        return f"{hearing.get_absolute_url()}#knows"

    return answered(request, hearing, act, "share_form", form)


def speaker(hearing: Hearing, agency: Agency) -> str:
    """Who speaks for the agency here; its own name where nobody was recorded."""
    there = Attendance.objects.filter(meeting=hearing.item.meeting_id, agency=agency, standing=Attendance.Standing.HERE)
    return there.order_by("pk").values_list("name", flat=True).first() or str(agency)[:120]


def answered(
    request: HttpRequest, hearing: Hearing, act: Callable[[], str], name: str, typed: EvidenceForm
) -> HttpResponse:
    """The room again: with what was done, or with what was typed and the sentence why it was not done."""
    try:
        return redirect(once(request, act))
    except Refused as refusal:
        if refusal.kind not in (Refusal.FORM, Refusal.GUARD):
            raise
        more = {name: refusal.errors, "form": refusal.errors} if refusal.errors else {name: typed, "refusal": refusal}
        return show_room(request, hearing.item.meeting_id, hearing.item_id, status=422, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def mark_old(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """Say what an action of the last plan was worth (R-32)."""
    hearing, user = heard(request, pk), request.user
    old = next((row for row in old_actions(hearing.referral) if row.pk == action), None)
    if old is None:
        raise Http404
    first = {"worth": old.worth, "words": old.worth_words}
    form = Marked(request.POST) if request.method == "POST" else Marked(initial=first)
    refusal = None
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "seen": version_in(request.POST.get("seen")) or 0}
        try:
            mark(old, hearing, said, by=user)  # type: ignore[arg-type]
            return redirect(f"{hearing.get_absolute_url()}#old")
        except Refused as refused:
            if refused.kind is not Refusal.STALE:
                raise
            refusal = refused
            old.refresh_from_db()
    context = {"hearing": hearing, "old": old, "form": form, "refusal": refusal, "seen": old.version}
    status = 409 if refusal else 422 if form.is_bound else 200
    return render(request, "marac/mark_old.html", context, status=status)
