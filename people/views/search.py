"""The search page. Terms come by POST, so that no name stands in an address, a history or a log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit import services as audit
from audit.models import Access
from people.forms import Search
from people.panels import lines_for
from people.services import look_for, tell_listeners
from workflow import drafts
from workflow.models import folder_model


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def search_page(request: HttpRequest) -> HttpResponse:
    """Ask whom to look for (GET), or show who it may be (POST). 422 with a sentence for what cannot be looked for."""
    user: Any = request.user
    if request.method == "GET":
        left = drafts.kept(user, request.path)  # what a locked session was about to send
        form = Search(data=drafts.as_typed(left), kept=True) if left else Search()
        return render(request, "people/search.html", {"form": form})
    drafts.drop(user, request.path)
    form = Search(request.POST)
    if not form.is_valid():
        return render(request, "people/search.html", {"form": form}, status=422)
    if form.reference:
        return to_case(request, form)
    return answer(request, form)


def to_case(request: HttpRequest, form: Search) -> HttpResponse:
    """Straight to the case of a reference; one that is hidden is one that never was."""
    user: Any = request.user
    case = folder_model().objects.visible_to(user).filter(reference=form.reference).first()
    hits = [case.pk] if case else []
    audit.looked(by=user, kind=Access.Kind.SEARCH, what="cases.case", terms=form.reference, hits=hits)
    if case:
        return redirect(case)
    tell_listeners(user, form.reference)
    return render(request, "people/search.html", {"form": form, "no_case": form.reference})


def answer(request: HttpRequest, form: Search) -> HttpResponse:
    """The next people it may be."""
    user: Any = request.user
    found = look_for(form.sought, user=user, after=shown_last(request))
    said = lines_for([match.person_id for match in found.matches], user)
    for match in found.matches:
        match.lines = said[match.person_id]
    context = {"form": form, "found": found, "last": found.first + len(found.matches) - 1, "asked": str(form.sought)}
    return render(request, "people/search.html", context)


def shown_last(request: HttpRequest) -> int:
    """The last person of the page before; anything that is no id begins again."""
    typed = request.POST.get("after", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0
