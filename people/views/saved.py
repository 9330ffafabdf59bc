"""Saved searches: one's own list, one of them with its answers of now, keeping one and ending one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms import Save, Search
from people.kinds import KINDS, PEOPLE
from people.models import SavedSearch
from people.services import watching
from people.services.finding import look_for
from people.services.searching import ALL, Chosen
from people.views.because import because_of
from people.views.search import again, answer, chosen_in
from workflow.models import Refused
from workflow.numbers import id_in

PAGE = 25


@require_safe
@login_required
def saved_page(request: HttpRequest) -> HttpResponse:
    """One's own, those with a new answer marked; a page at a time from one on."""
    user: Any = request.user
    rows, before = SavedSearch.objects.kept_by(user), id_in(request.GET.get("before"))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    older = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return render(request, "people/saved.html", {"searches": found[:PAGE], "older": older, "first_page": not before})


@never_cache
@login_required
@require_safe
def saved_search_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What it finds now; it has been looked at from now on. Somebody else's, or one that has ended, is 404."""
    kept = own(request, pk)
    form = Search(data={"q": kept.q, "born": kept.born, "where": kept.place})
    if not form.is_valid():  # kept by an earlier release, whose rules of what may be typed were others
        raise Http404
    SavedSearch.objects.filter(pk=kept.pk).update(looked_at=timezone.now())
    return answer(request, form, chosen=Chosen(frozenset(kept.kinds)), saved=kept)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def save_search_page(request: HttpRequest) -> HttpResponse:
    """Ask what to call it and why (the terms come with it), then keep it. Without terms there is nothing to keep."""
    search = Search(request.POST)
    if request.method != "POST" or not search.is_valid() or search.reference:
        return redirect("search")
    user: Any = request.user
    chosen = chosen_in(request.POST)
    kinds = chosen.kinds or watching.likely(search.asked)
    tells = watching.tells_of(search.asked, user)
    named = "name" in request.POST
    form = Save(request.POST) if named else Save(initial={"why": because_of(request).get("words", "")})
    if named and form.is_valid():
        if keep(request, search, kinds, form):
            return redirect("saved-searches")
    context = {
        "form": form, "asked": search.asked, "again": again(search, chosen),
        "told": labels_of(kinds & tells), "never": labels_of(kinds - tells),
        "no_alert": watching.NEVER,
    }  # fmt: skip
    return render(request, "people/save.html", context, status=422 if named or not kinds & tells else 200)


def labels_of(kinds: Collection[str]) -> str:
    """People, addresses and the like, as a sentence names them."""
    found = [(0, N_("People"))] if PEOPLE in kinds else []
    found += sorted((kind.order, kind.label) for kind in KINDS.values() if kind.name in kinds)
    return ", ".join(_(label).lower() for _order, label in found)


def keep(request: HttpRequest, search: Search, kinds: Collection[str], form: Save) -> bool:
    """Keep it; who is found now is no news. False, with the sentence, where too many are kept or no alert can come."""
    user: Any = request.user
    now = look_for(search.asked.sought, user=user, limit=ALL, heard=False)
    try:
        watching.save(
            owner=user, name=form.cleaned_data["name"], why=form.cleaned_data["why"], asked=search.asked,
            kinds=kinds, shown=[match.person_id for match in now.matches],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _("Saved. You are told when there is a new answer that you may see."))
    return True


@require_POST
@login_required
def end_search(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own, once however often the button is pressed."""
    user: Any = request.user
    watching.end(search=own(request, pk), by=user, at=timezone.now())
    messages.success(request, _("Ended. You are told nothing more of it."))
    return redirect("saved-searches")


def own(request: HttpRequest, pk: int) -> SavedSearch:
    user: Any = request.user
    kept = SavedSearch.objects.kept_by(user).filter(pk=pk).first()
    if kept is None:
        raise Http404
    return kept
