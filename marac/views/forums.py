"""Forums: the list, and one with its rules and who sits in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import TABLE
from marac.forms.forum import NUMBERS
from marac.models import Forum, ForumMember, ForumTerms
from marac.steps import FORUM_MEMBER
from safeguarding.models import Agency
from safeguarding.views.agencies import with_agreement
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, may_begin, number
from workflow.pages.records import page, take_step

READERS = frozenset(role.code for role in TABLE if role.police)
SHOWN = 100


@require_safe
@for_roles(READERS)
def forums_page(request: HttpRequest) -> HttpResponse:
    """Every forum by name, those that meet no longer last. As many queries for one as for fifty."""
    last = Forum.objects.filter(pk=number(request.GET.get("after"))).values_list("state", "name", "pk").first()
    rows: Any = Forum.objects.select_related("unit").order_by("-state", "name", "pk")
    if last:
        later = rows.filter(state=last[0], name__gt=last[1]) | rows.filter(state__lt=last[0])
        rows = later.order_by("-state", "name", "pk")
    found = list(rows[: PAGE + 1])
    context = {
        "rows": found[:PAGE], "first": not last, "may_record": may_begin("forum", "record", held_by(request)),
        "next_page": address({"after": found[PAGE - 1].pk}) if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "marac/forums.html", context)


@require_safe
@for_roles(READERS, of_one=True)
def forum_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Its rules today and to come, with their authority; who sits in it, and whose agreement does not count (R-35)."""
    user: Any = request.user
    forum = Forum.objects.select_related("unit").filter(pk=pk).first()
    if forum is None:
        raise Http404
    today, over = timezone.localdate(), user.roles_over(forum.unit)
    members = list(
        ForumMember.objects.filter(forum=forum)
        .select_related("agency__unit", "unit")
        .order_by("state", "agency__unit__name", "pk")[:SHOWN]
    )
    counting = dict(
        with_agreement(Agency.objects.filter(pk__in=[row.agency_id for row in members]), today).values_list(
            "pk", "counts_until"
        )
    )
    terms = ForumTerms.objects.of(forum, today)
    context = {
        "forum": forum, "hears": forum.hears, "terms": terms,
        "numbers": [(label, getattr(terms, name)) for name, label, _most in NUMBERS],
        "to_come": ForumTerms.objects.filter(forum=forum, valid_from__gt=today).order_by("valid_from", "pk")[:PAGE],
        "members": [(row, counting.get(row.agency_id), acts_on(row, user, over)) for row in members],
        "acts": acts_on(forum, user, over),
        "may_add": bool(FORUM_MEMBER.step("join").who & over) and forum.state == Forum.State.WORKING,
    }  # fmt: skip
    return render(request, "marac/forum.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(FORUM_MEMBER.step("join").who, of_one=True)
@page
def join_forum(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an agency to one forum."""
    forum = Forum.objects.select_related("unit").filter(pk=pk).first()
    if forum is None:
        raise Http404
    return take_step(request, ForumMember(forum=forum, unit=forum.unit), FORUM_MEMBER.step("join"))
