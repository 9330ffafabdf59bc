"""Postings: what waits for a second person, who covers now, and what was changed lately."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Posting, User
from accounts.proof import ask_again, proved_lately
from supervision.models import PostingChange
from supervision.steps.posting import ENDERS, POSTING
from workflow.pages.door import (
    PAGE,
    acts_on,
    for_roles,
    held_by,
    may_begin,
    number,
    older,
)
from workflow.pages.records import page, take_step

SHOWN = 50


@require_safe
@for_roles(PostingChange.READERS)
def postings_page(request: HttpRequest) -> HttpResponse:
    """Of the units the reader looks after."""
    user: Any = request.user
    now, before = timezone.now(), number(request.GET.get("before"))
    rows = PostingChange.objects.visible_to(user).select_related("user", "unit", "recorded_by", "decided_by", "posting")
    waiting = list(rows.waiting().order_by("pk")[:SHOWN])
    running = Q(posting__to_at__gt=now, posting__from_at__lte=now) | Q(posting__from_at__gt=now)
    covers = rows.filter(running, kind=PostingChange.Kind.COVER).order_by("posting__to_at", "pk")[:SHOWN]
    past = rows.exclude(state=PostingChange.State.PROPOSED).order_by("-pk")
    found, more = older(list((past.filter(pk__lt=before) if before else past)[: PAGE + 1]))
    held, over = held_by(request), cache(user.roles_over)
    context = {
        "waiting": [] if before else [(row, acts_on(row, user, over(row.unit))) for row in waiting],
        "covers": [] if before else covers,
        "rows": found, "next_page": more, "first": not before, "now": now,
        "may_ask": may_begin("posting", "ask", held), "may_cover": may_begin("posting", "cover", held),
    }  # fmt: skip
    return render(request, "supervision/administration/postings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(ENDERS, of_one=True)
@page
def change_posting(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """End one posting, or ask for it to last longer."""
    posting = Posting.objects.select_related("user", "unit").filter(pk=pk).first()
    if posting is None or step not in ("end", "extend"):
        raise Http404
    return taken(request, PostingChange(posting=posting, unit=posting.unit), step)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(ENDERS, of_one=True)
@page
def post_person(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask for a posting, or give cover, with the person filled in already."""
    person = User.objects.filter(pk=pk, is_active=True, is_system=False).first()
    if person is None or step not in ("ask", "cover"):
        raise Http404
    return taken(request, PostingChange(user=person), step)


def taken(request: HttpRequest, change: PostingChange, name: str) -> HttpResponse:
    row = POSTING.step(name)
    if row.proof and not proved_lately(request):
        return ask_again(request)
    return take_step(request, change, row)
