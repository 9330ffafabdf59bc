"""The page of the one search. Terms come by POST, so that no name stands in an address, a history or a log."""

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
from people.kinds import KINDS, NEW_PERSON, PEOPLE, Asked, facets
from people.panels import lines_for
from people.services import tell_listeners
from people.services.searching import HOW_NEAR, NEAR, Chosen, search
from people.views.because import because_of, keep_because
from workflow import drafts
from workflow.models import folder_model


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def search_page(request: HttpRequest) -> HttpResponse:
    """Ask what to look for (GET), or show what it may be (POST). 422 with a sentence for what cannot be looked for."""
    user: Any = request.user
    if request.method == "GET":
        left = drafts.kept(user, request.path)  # what a locked session was about to send
        form = Search(data=drafts.as_typed(left), kept=True) if left else Search()
        return render(request, "people/search.html", {"form": form, "because": because_of(request)})
    drafts.drop(user, request.path)
    form = Search(request.POST)
    if not form.is_valid():
        return render(request, "people/search.html", {"form": form, "because": because_of(request)}, status=422)
    keep_because(request, form)
    if form.reference:
        return to_case(request, form)
    return answer(request, form)


def to_case(request: HttpRequest, form: Search) -> HttpResponse:
    """Straight to the case of a reference; one that is hidden is one that never was."""
    user: Any = request.user
    case = folder_model().objects.visible_to(user).filter(reference=form.reference).first()
    hits, because = [case.pk] if case else [], because_of(request)
    audit.looked(
        by=user, kind=Access.Kind.SEARCH, what="cases.case", terms=form.reference, hits=hits,
        reason_code=because.get("code", ""), reason=because.get("more", ""),
    )  # fmt: skip
    if case:
        return redirect(case)
    tell_listeners(user, Asked(form.reference))
    return render(request, "people/search.html", {"form": form, "no_case": form.reference, "because": because})


def answer(request: HttpRequest, form: Search, **more: Any) -> HttpResponse:
    """The next of everything it may be. `more`: what a page of a saved search adds."""
    user: Any = request.user
    chosen, because = more.pop("chosen", None) or chosen_in(request.POST), because_of(request)
    found = search(form.asked, user=user, chosen=chosen, after=places_in(request.POST), because=because)
    matches = found.people.matches if found.people else []
    said = lines_for([match.person_id for match in matches], user)
    for match in matches:
        match.lines = said[match.person_id]
    context = {
        "form": form, "answer": found, "found": found.people, "asked": form.asked.q.strip() or str(form.asked),
        "because": because, "chosen": chosen, "again": again(form, chosen), "terms": terms_of(form),
        "new_person": NEW_PERSON[0] if NEW_PERSON else "",
    }  # fmt: skip
    return render(request, "people/search.html", context | more)


def chosen_in(said: Any) -> Chosen:
    """The filters that were ticked; a value that is none is no filter."""
    kinds = frozenset(said.getlist("what")) & {PEOPLE, *KINDS}
    values = {facet.name: {value for value, _words in facet.choices} for facet in facets()}
    values[NEAR] = {value for value, _words in HOW_NEAR}
    return Chosen(kinds, {name: frozenset(said.getlist(name)) & known for name, known in values.items()})


def places_in(said: Any) -> dict[str, str]:
    """{kind: where its next page begins}: at most one is sent; anything that is no place begins again."""
    return {PEOPLE: said.get("after", "")} | {name: said.get(f"after_{name}", "") for name in KINDS}


def terms_of(form: Search) -> list[tuple[str, str]]:
    """What was typed, as hidden boxes."""
    born = form["born"].value() or ""
    typed = born if isinstance(born, str) else " ".join(filter(None, born.values()))
    terms = [("q", form["q"].value() or ""), ("born", typed), ("where", form["where"].value() or "")]
    return [(name, value) for name, value in terms if value]


def again(form: Search, chosen: Chosen) -> list[tuple[str, str]]:
    """What was asked, with the filters: the next page, and saving it, ask in the same words."""
    ticked = [("what", kind) for kind in sorted(chosen.kinds)]
    ticked += [(name, value) for name, values in chosen.of.items() for value in sorted(values)]
    return terms_of(form) + ticked
