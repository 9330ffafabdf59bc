"""How somebody likes to see their work: filters and columns of a queue, and the keys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from supervision.forms.several import keys_form
from supervision.keys import ACTS
from supervision.queues import MINE, TEAM
from supervision.queues.filters import Filters
from supervision.queues.liking import filters_in, keep_columns, keep_filters, keep_keys, keyboard_of

PAGES = {MINE.name: "my-work", TEAM.name: "team-queue"}


@login_required
@require_POST
def keep_view(request: HttpRequest, queue: str) -> HttpResponse:
    """Keep what was ticked, for this person; then the queue as they like it."""
    user: Any = request.user
    if queue not in PAGES:
        raise Http404
    if "columns-kept" in request.POST:
        keep_columns(user, queue, request.POST.getlist("columns"), compact=bool(request.POST.get("compact")))
        messages.success(request, _("Your columns are kept."), extra_tags="focus")
    elif "only" in request.POST:  # one of the chosen ticks taken away, or all
        keep_filters(user, queue, filters_in(request.POST["only"][:2000]))
    else:
        keep_filters(user, queue, Filters.read(request.POST))
    return redirect(PAGES[queue])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keyboard_page(request: HttpRequest) -> HttpResponse:
    """Which keys there are, whether they are on, and another key for any of them."""
    user: Any = request.user
    on, keys = keyboard_of(user)
    form: Any = keys_form()(request.POST) if request.method == "POST" else keys_form()(initial={"on": on, **keys})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        keep_keys(user, {act.code: said[act.code] for act in ACTS}, on=said["on"])
        messages.success(request, _("Your keys are kept."), extra_tags="focus")
        return redirect("keyboard")
    return render(request, "supervision/keyboard.html", {"form": form}, status=422 if form.errors else 200)
