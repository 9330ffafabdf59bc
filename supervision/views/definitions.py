"""What the force means by repeat, serial and vulnerable: read by everybody, changed by two people, not read by whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit, User
from accounts.roles import COMMAND, roles
from cases.models import DefinitionSet
from cases.models.definition_set import TERMS
from cases.services.definitions import in_force, people_not_read, read, unread_by
from supervision.steps.definition import DECIDERS, PROPOSERS
from workflow.pages.door import PAGE, acts_on, address, may_begin, number, older

LEADS = COMMAND | roles("sergeant", "da_coordinator", "command", "chief_officer", "training_lead")
SEES_CHANGES = PROPOSERS | DECIDERS | LEADS


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def definitions_page(request: HttpRequest) -> HttpResponse:
    """GET: each word as it stands, and what follows; POST: "I have read these", of the versions that the page showed."""
    user: Any = request.user
    now = timezone.now()
    if request.method == "POST":
        if read(user=user, versions=numbers(request.POST.getlist("version")), at=now):
            messages.success(request, _("Kept: you have read what these words mean."))
        return redirect("definitions")
    held = user.roles_over(None)
    unread = {row.pk for row in unread_by(user, now)}
    meant = in_force(now)
    coming = DefinitionSet.objects.approved().filter(valid_from__gt=timezone.localdate()).order_by("valid_from", "pk")
    lines = [
        {"term": term, "now": meant.get(term.code), "coming": [row for row in coming if row.code == term.code]}
        for term in TERMS.values()
    ]
    changes, more = changes_for(request, user, held)
    context = {
        "lines": lines, "unread": unread, "changes": changes, "next_page": more, "sees_changes": bool(held & SEES_CHANGES),
        "first": not number(request.GET.get("before")), "leads": bool(held & LEADS),
        "may_propose": may_begin("definition", "propose", held),
    }  # fmt: skip
    return render(request, "supervision/definitions.html", context)


def numbers(said: list[str]) -> set[int]:
    """The versions of a form; what is no number counts as not said."""
    return {found for one in said[:50] if (found := number(one))}


def changes_for(request: HttpRequest, user: User, held: frozenset[str]) -> tuple[list[Any], str]:
    """What was proposed, newest first, for whoever proposes, decides or leads; for others none."""
    if not held & SEES_CHANGES:
        return [], ""
    before = number(request.GET.get("before"))
    rows = DefinitionSet.objects.filter(recorded_by__isnull=False).select_related("unit", "recorded_by", "decided_by")
    found, more = older(list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: PAGE + 1]))
    over_all = user.roles_over(Unit.objects.root())
    return [(row, acts_on(row, user, over_all)) for row in found], more


@require_safe
@login_required
def not_read_page(request: HttpRequest) -> HttpResponse:
    """Who of the reader's people has not read what is in force, by name, a page at a time."""
    user: Any = request.user
    if not user.holds(LEADS, None):
        raise PermissionDenied
    rows = people_not_read(user, LEADS, timezone.now())
    after = User.objects.filter(pk=number(request.GET.get("after"))).first()
    if after:
        rows = rows.filter(Q(last_name__gt=after.last_name) | Q(last_name=after.last_name, pk__gt=after.pk))
    found = list(rows[: PAGE + 1])
    more = address({"after": found[PAGE - 1].pk}) if len(found) > PAGE else ""
    context = {"people": found[:PAGE], "next_page": more, "first": after is None}
    return render(request, "supervision/definitions_not_read.html", context)
