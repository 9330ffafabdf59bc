"""Lists of referrals: the coordinator's, an agency's own, and the cases that nobody has referred."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import COMMAND, PARTNERS, SPECIALISTS, SUPERVISORS, roles
from cases.models import Case
from marac.models import Referral, ReferralReturned
from marac.models.meeting import FORUM_STAFF
from marac.models.referral import BEFORE
from marac.services.forum_waits import referrals_run_by
from marac.services.threshold import unreferred, why_met
from safeguarding.models import Agency
from workflow.pages.door import PAGE, address, for_roles, held_by, number, older

S = Referral.State
#: Groups of the coordinator's list: what is to be decided first.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "new": ("To accept or return", (S.SUBMITTED,)),
    "waiting": ("Waiting for a meeting", (S.ACCEPTED, S.LISTED)),
    "writing": ("Being written or returned", BEFORE),
    "past": ("Heard, handed on, withdrawn", (S.HEARD, S.TRANSFERRED, S.WITHDRAWN, S.CLOSED)),
}
TEAM = SUPERVISORS | COMMAND | SPECIALISTS
SEES_UNREFERRED = TEAM | roles("marac_coordinator")


@require_safe
@for_roles(FORUM_STAFF)
def referrals_page(request: HttpRequest) -> HttpResponse:
    """The referrals of the forums that somebody runs, newest first. Index: referral_of_forum."""
    user: Any = request.user
    group = request.GET.get("group", "")
    group = group if group in GROUPS else "new"
    found, more = page_of(request, referrals_run_by(user).filter(state__in=GROUPS[group][1]), group=group)
    context = {
        "rows": found, "next_page": more, "group": group, "groups": [(code, label) for code, (label, _s) in GROUPS.items()],
        "first": not number(request.GET.get("before")),
    }  # fmt: skip
    return render(request, "marac/referrals.html", context)


@require_safe
@for_roles(PARTNERS)
def agency_referrals_page(request: HttpRequest) -> HttpResponse:
    """What the agencies referred for which somebody signs in, newest first. Index: referral_of_agency."""
    user: Any = request.user
    own = Agency.objects.all().of(user).order_by()
    rows = Referral.objects.standing().visible_to(user).filter(agency__in=own.values("pk"))
    found, more = page_of(request, rows)
    sent_back_with(found)
    context = {
        "rows": found, "next_page": more, "first": not number(request.GET.get("before")),
        "begin_url": reverse("begin", args=["marac-referral", "refer"]),
    }  # fmt: skip
    return render(request, "marac/agency_referrals.html", context)


def sent_back_with(rows: list[Any]) -> None:
    """Each that came back, with `sent_back`: the newest list of what it lacks. One query. Index: returned_of_referral."""
    back = ReferralReturned.objects.filter(referral__in=[row.pk for row in rows if row.state == S.RETURNED])
    newest = {row.referral_id: row for row in back.order_by("referral", "-pk").distinct("referral")}
    for row in rows:
        row.sent_back = newest.get(row.pk)


def page_of(request: HttpRequest, rows: Any, **kept: Any) -> tuple[list[Referral], str]:
    """A page of referrals, newest first, and the address of the next."""
    if before := number(request.GET.get("before")):
        rows = rows.filter(pk__lt=before)
    rows = rows.select_related("case__unit", "forum", "origin", "agency__unit").order_by("-pk")
    return older(list(rows[: PAGE + 1]), **kept)


@require_safe
@for_roles(SEES_UNREFERRED)
def not_referred_page(request: HttpRequest) -> HttpResponse:
    """Cases over the threshold that nobody has referred: of one's team, and of the whole force for the MARAC coordinator,
    who must know that there are none and sees of each no more than its reference until a reason is given.
    """
    user: Any = request.user
    after = number(request.GET.get("after"))
    rows = unreferred(unreferred_by(user, held_by(request)), timezone.now()).filter(pk__gt=after).select_related("unit")
    found = list(rows[: PAGE + 1])
    drafts = drafts_of(found, user)
    context = {
        "rows": [(case, why_met(case), drafts.get(case.pk)) for case in found[:PAGE]], "first": not after,
        "next_page": address({"after": found[PAGE - 1].pk}) if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "marac/not_referred.html", context)


def unreferred_by(user: User, held: frozenset[str]) -> Any:
    """The cases that somebody answers for here: their own work; and, for the coordinator, whatever they may open."""
    if "marac_coordinator" in held:
        return Case.objects.visible_to(user)
    return Case.objects.worked_by(user)


def drafts_of(cases: list[Any], user: User) -> dict[int, Referral]:
    """{case: the referral of it that is being written or was returned}, as far as the reader may see it. One query."""
    rows = Referral.objects.standing().visible_to(user).filter(Q(investigation__in=cases), state__in=BEFORE)
    return {row.investigation_id: row for row in rows.order_by("pk")}
