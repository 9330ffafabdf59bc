"""What agencies took upon themselves: an agency's own list, the coordinator's, and one action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import PARTNERS
from audit import services as audit
from audit.models import Access
from marac.models import Forum, ForumAction, Part, ReferredPerson
from marac.models.meeting import FORUM_STAFF
from people.services import names_for
from safeguarding.models import Agency
from workflow import engine
from workflow.pages.door import PAGE, address, for_roles, number
from workflow.pages.records import open_record, page
from workflow.pages.tasks import step_url

SOON = timedelta(days=3)
VERY_LATE = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One action of a list, with whose safety it is for, as far as the reader may know."""

    action: ForumAction
    about: str
    group: str


@require_safe
@for_roles(PARTNERS)
def agency_actions_page(request: HttpRequest) -> HttpResponse:
    """What the reader's own agency has to do, due first; `?ended=yes` what has ended, newest first. No other agency's."""
    user: Any = request.user
    own = ForumAction.objects.visible_to(user).filter(agency__in=Agency.objects.all().of(user).values("pk"))
    return listed(request, own, "marac/agency_actions.html", "agency-actions", {})


@require_safe
@for_roles(FORUM_STAFF)
def actions_page(request: HttpRequest) -> HttpResponse:
    """Every action of the forums that the reader runs, late ones first; `?forum=`, `?agency=`, `?asked=yes` those that ask
    for more time.
    """
    user: Any = request.user
    rows = ForumAction.objects.visible_to(user)
    kept = {name: number(request.GET.get(name)) for name in ("forum", "agency")}
    if kept["forum"]:
        rows = rows.filter(referral__forum=kept["forum"])
    if kept["agency"]:
        rows = rows.filter(agency=kept["agency"])
    asked = request.GET.get("asked") == "yes"
    if asked:
        rows = rows.filter(wants_until__isnull=False)
    more = {
        "forums": Forum.objects.order_by("name", "pk")[:100], "forum": kept["forum"], "agency": kept["agency"], "asked": asked,
        "agencies": Agency.objects.all().working().select_related("unit").order_by("unit__name", "pk")[:200],
    }  # fmt: skip
    return listed(request, rows, "marac/actions.html", "forum-actions", more)


def listed(request: HttpRequest, rows: Any, template: str, home: str, more: dict[str, Any]) -> HttpResponse:
    """A page of them. As many queries for one as for fifty. Indexes: forum_action_of_agency, forum_action_open."""
    user: Any = request.user
    now, ended = timezone.now(), request.GET.get("ended") == "yes"
    found, last = page_of(rows, number(request.GET.get("after")), ended=ended)
    kept = {
        "forum": more.get("forum"), "agency": more.get("agency"), "asked": "yes" if more.get("asked") else "",
        "ended": "yes" if ended else "",
    }  # fmt: skip
    shown = found[:PAGE]
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"marac.{home}", hits=sorted({row.case_id for row in shown}))
    context = {
        "lines": lines_of(shown, user, now), "ended": ended, "first": not last, "home": reverse(home), "now": now,
        "next_page": address({"after": shown[-1].pk, **kept}) if len(found) > PAGE else "", **more,
    }  # fmt: skip
    return render(request, template, context)


def page_of(rows: Any, after: int, *, ended: bool) -> tuple[list[ForumAction], bool]:
    """A page of actions, one too many, and whether something stands before it."""
    related = rows.select_related("agency__unit", "referral__forum", "owner", "case").standing()
    if ended:
        gone = related.exclude(pk__in=ForumAction.objects.open().values("pk")).order_by("-pk")
        return list((gone.filter(pk__lt=after) if after else gone)[: PAGE + 1]), bool(after)
    due = rows.filter(pk=after).values_list("due_at", "pk").first() if after else None
    opened = related.open().order_by("due_at", "pk")
    if due:
        opened = opened.filter(due_at__gte=due[0]).exclude(due_at=due[0], pk__lte=due[1])
    return list(opened[: PAGE + 1]), bool(due)


def lines_of(rows: list[ForumAction], user: User, now: datetime) -> list[Line]:
    """Each with the name of the person harmed, where the reader may know it. Two queries."""
    harmed = ReferredPerson.objects.standing().filter(
        referral__in={row.referral_id for row in rows}, part=Part.VICTIM
    )  # index: referred_person_of_referral
    person_of = dict(harmed.order_by("-pk").values_list("referral_id", "person_id"))
    names = names_for(sorted(set(person_of.values())), user)
    return [Line(row, names.get(person_of.get(row.referral_id, 0), ""), group_of(row, now)) for row in rows]


def group_of(action: ForumAction, now: datetime) -> str:
    """The heading beneath which an action stands."""
    if not action.is_open:
        return _("Ended")
    for longest, words in ((-VERY_LATE, _("Five days late or more")), (timedelta(0), _("Late")), (SOON, _("Due soon"))):
        if action.due_at - now < longest:
            return words
    return _("Later")


@require_safe
@page
def action_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: who took it on, which risk it answers, what came of it, and what the reader may do to it."""
    user: Any = request.user
    action = open_record(request, "forum-action", pk)
    held, now = user.roles_over(action.scope), timezone.now()
    line = lines_of([action], user, now)[0]
    before = ForumAction.objects.visible_to(user).filter(pk=action.set_again_id).select_related("meeting").first()
    context = {
        "action": action, "about": line.about, "acts": acts_on_record(action, user, held), "before": before,
        "mine": bool(held & PARTNERS), "home": reverse("agency-actions" if held & PARTNERS else "forum-actions"), "now": now,
        "in_list": bool(user.roles_over(None) & (PARTNERS | FORUM_STAFF)),
    }  # fmt: skip
    return render(request, "marac/action.html", context)


def acts_on_record(record: Any, user: User, held: frozenset[str]) -> dict[str, list[tuple[str, str, str]]]:
    """What the reader may do to the record, and the safety acts apart: (label, page, the sentence why not yet)."""
    acts: dict[str, list[tuple[str, str, str]]] = {"own": [], "safety": []}
    for offer in engine.offers(record, user, held):
        side = "safety" if offer.step.is_safety_act else "own"
        acts[side].append((offer.step.label, step_url(record, offer.step), offer.refusal))
    return acts
