"""The live board of the control room, and the lists about calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_noop as N_
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import COMMAND, SPECIALISTS, SUPERVISORS, roles
from cases.steps.call import CONTROL_ROOM
from people.services import names_seen
from supervision.queues import Place, calls
from supervision.queues.board import WATCHES, being_recorded_without_a_call, board_of
from workflow.models import Refusal, Refused
from workflow.pages import refused

NOT_YOURS = "The board is for the control room, and for whoever supervises calls."
NO_LIST = "The lists about calls are for whoever supervises the control room."
READS_LISTS = roles("control_supervisor") | SUPERVISORS | SPECIALISTS | COMMAND


@dataclass(frozen=True, slots=True)
class CallList:
    """One list: its name in the address, its heading, what it is, and what it asks."""

    name: str
    label: str
    lead: str
    rows: Callable[[User, Any, int], Any]

    @property
    def template(self) -> str:
        return f"supervision/board/{self.name}.html"

    @property
    def row_template(self) -> str:
        return f"supervision/board/{self.name}_row.html"


LISTS: dict[str, CallList] = {
    row.name: row
    for row in (
        CallList("grading", N_("Grading"), N_("Reviewed calls: was the grade right?"), calls.graded_wrong),
        CallList("missed", N_("Response targets"), N_("Calls at which officers were not there in time."), calls.missed),
        CallList(
            "flags", N_("Flags"), N_("Flagged at the call as domestic abuse, and confirmed later."), calls.flagged_later
        ),
        CallList(
            "briefs",
            N_("Briefs not read"),
            N_("Attendances at which nobody who went had opened the brief before they were there."),
            calls.unprepared,
        ),
        CallList(
            "likely",
            N_("Nobody flagged"),
            N_("The two are connected, and what was said suggests abuse. Say for each whether it is."),
            calls.likely,
        ),
    )
}


@never_cache
@login_required
@require_safe
def board_page(request: HttpRequest, live: bool = False) -> HttpResponse:
    """The board. `live`: the part that refreshes itself, for the script; nobody's hand asked, so nobody is kept awake."""
    user: Any = request.user
    if not user.holds(WATCHES, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    now, alone = timezone.now(), request.GET.get("group", "")
    groups, listed = board_of(user, now, alone, Place.read(request.GET.get("after", "")))
    context = {
        "now": now, "groups": groups, "listed": listed, "alone": alone, "lists": links(user),
        "incidents": [] if alone else being_recorded_without_a_call(user), "live_url": live_url(request),
        "takes": user.holds(CONTROL_ROOM, None),
    }  # fmt: skip
    return render(request, "supervision/board/live.html" if live else "supervision/board/board.html", context)


def live_url(request: HttpRequest) -> str:
    """The same board again, of the same group and place."""
    kept = {name: request.GET[name] for name in ("group", "after") if request.GET.get(name)}
    return reverse("board-live") + (f"?{urlencode(kept)}" if kept else "")


def links(user: User, here: str = "") -> list[tuple[str, str, bool]]:
    """The board and its lists, for whoever may read them: (words, address, whether one is there)."""
    shown = [(N_("Board"), reverse("board"), here == "")]
    if user.holds(READS_LISTS, None):
        shown += [(row.label, reverse("call-list", args=[row.name]), row.name == here) for row in LISTS.values()]
    return shown


@login_required
@require_safe
def call_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list of a period, with its figures."""
    user: Any = request.user
    found = LISTS.get(name)
    if found is None:
        raise Http404
    if not user.holds(READS_LISTS, None):
        return refused(request, Refused(Refusal.ROLE, NO_LIST))
    now, days = timezone.now(), period(request)
    rows, onward = calls.page_of(found.rows(user, now, days), Place.read(request.GET.get("after", "")))
    named = names_seen({row.harmed_id for row in rows if row.harmed_id}, user)
    for row in rows:
        row.called = named.get(row.harmed_id, "") or row.at_risk
    context = {
        "list": found, "row_template": found.row_template, "rows": rows,
        "now": now, "days": days, "periods": calls.PERIODS, "lists": links(user, name),
        "more_url": f"?{urlencode({'days': str(days), 'after': onward})}" if onward else "", **figures(user, name, now, days),
    }  # fmt: skip
    return render(request, found.template, context)


def period(request: HttpRequest) -> int:
    """How many days back: one of those offered; anything else is the second, a month."""
    asked = request.GET.get("days", "")
    return next((days for days in calls.PERIODS if asked == str(days)), calls.PERIODS[1])


def figures(user: User, name: str, now: Any, days: int) -> dict[str, Any]:
    """The figures at the head of a list; none for the one that is worked through."""
    if name == "grading":
        whole, teams = calls.grading(user, now, days)
        return {"whole": whole, "teams": teams}
    if name == "missed":
        due, met = calls.answered(user, now, days)
        return {"due": due, "met": met, "share": round(100 * met / due) if due else None}
    if name == "briefs":
        attended, read = calls.prepared(user, now, days)
        return {"attended": attended, "read": read, "share": round(100 * read / attended) if attended else None}
    return {"flags": calls.flags(user, now, days)} if name == "flags" else {}
