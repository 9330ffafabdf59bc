"""My work and the team's queue."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Posting, User
from accounts.roles import PARTNERS
from cases.visibility import units_near
from marac.models.meeting import FORUM_STAFF
from marac.services.forum_waits import waits_in_forums
from supervision.keys import lines_of
from supervision.queues import MINE, TEAM, Asked, Filters, Place, in_hand, parts, query_string, queue_page
from supervision.queues.groups import clock_by_clock, tally
from supervision.queues.liking import ROLES_HELD, liking_of
from workflow.declare import WORKFLOWS
from workflow.models import Refusal, Refused
from workflow.pages import refused

MOST_PEOPLE = 60  # of a team, in the holder filter


@login_required
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What the person owes, and what they have begun and not sent."""
    user: Any = request.user
    now = timezone.now()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))
    liking = liking_of(user, MINE.name)
    held = liking.roles
    setattr(request, ROLES_HELD, held)
    asked = Asked(MINE.rows, shape=MINE.name)
    page = queue_page(asked, user, now, alone=group, after=after, with_holders=False)
    begin = WORKFLOWS["incident"].step("begin")
    context = {
        "page": page, "now": now, "alone": group, "records": in_hand(user),
        "begin_url": reverse("new-incident") if begin.who & held else "",
        "agency_url": reverse("agency-home") if PARTNERS & held else "",
        "forums": waits_in_forums(user, now) if FORUM_STAFF & held else [],
        "begin_label": begin.label, "team_url": reverse("team-queue") if TEAM.who & held else "",
        "columns": liking.columns - {"holder"}, "liking": liking, "queue": MINE.name, "compact": liking.compact,
        "keys": lines_of(liking.keys),
    }  # fmt: skip
    return render(request, "supervision/my_work.html", context)


@login_required
@require_safe
def team_queue(request: HttpRequest) -> HttpResponse:
    """Everything owed by the team of whoever looks after one, worst first, narrowed by what is ticked."""
    user: Any = request.user
    now = timezone.now()
    liking = liking_of(user, TEAM.name)
    setattr(request, ROLES_HELD, liking.roles)
    filters = Filters.read(request.GET) if asks(request) else liking.filters
    pairs = filters.pairs()
    group, after = request.GET.get("group", ""), Place.read(request.GET.get("after", ""))
    asked = Asked(
        lambda who: filters.narrow(TEAM.rows(who), who),
        # measured: narrowed by who holds it, unit by unit took 40 s in a force of 100,000, all units at once 1 s
        None if filters.holder else units_near,
        lambda who: {
            "posts": posts_of(who),
            "team": team_of(who),
            "owed": clock_by_clock(TEAM.rows(who), units_near(who)),
        },
        "" if pairs else TEAM.name,
    )
    page = queue_page(asked, user, now, pairs=pairs, alone=group, after=after)
    posts = page.about["posts"]
    if not posts:
        return refused(request, Refused(Refusal.ROLE, "A team's queue is for whoever supervises one."))
    people = {one["id"]: title(one) for one in page.about["team"] if one["id"] != user.pk}
    boxes = parts(people, tally(page.about["owed"]))
    context = {
        "page": page, "now": now, "alone": group, "unit": posts[0]["unit"], "boxes": filters.ticked(boxes),
        "chosen": filters.chosen(boxes), "all_url": "?" + query_string(pairs), "columns": liking.columns, "liking": liking,
        "queue": TEAM.name, "compact": liking.compact, "ticks": True, "picking": "pick" in request.GET,
        "pairs": pairs, "keys": lines_of(liking.keys),
    }  # fmt: skip
    return render(request, "supervision/team_queue.html", context)


def asks(request: HttpRequest) -> bool:
    """Whether the address itself says what is wanted; then what the person keeps is left aside, and kept."""
    return any(name in request.GET for name in ("wanted", "decides", "grade", "holder", "fact", "group", "all"))


def posts_of(user: User) -> ArraySubquery:
    """The posts by which the person works a team's queue, the nearest unit first."""
    posts = Posting.objects.current().filter(user=user, role__in=TEAM.who)
    nearest = posts.order_by(F("unit__lineage__len").desc(), "pk")
    return ArraySubquery(nearest.values(post=JSONObject(role="role", unit="unit__name")))


def team_of(user: User) -> ArraySubquery:
    """The people posted now to the units the person looks after, by name."""
    units = Posting.objects.current().filter(user=user, role__in=TEAM.who).values("unit_id")
    team = User.objects.filter(
        pk__in=Posting.objects.current().filter(unit__lineage__overlap=ArraySubquery(units)).values("user_id")
    )
    said = JSONObject(id="pk", rank="rank", collar_number="collar_number", last_name="last_name", username="username")
    return ArraySubquery(team.order_by("last_name", "pk").values(said=said)[:MOST_PEOPLE])


def title(one: dict[str, Any]) -> str:
    return User(**{name: value for name, value in one.items() if name != "id"}).short_title()
