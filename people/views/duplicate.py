"""Two records that may be one person: side by side, and the page on which anybody says that they may be."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.forms.merging import SameAs
from people.models import Duplicate, Person
from people.models.search import in_one_box
from people.services import names_for
from people.services.comparing import compared
from people.services.judging import changes_of, facts_now_of, led_to, looked_at, may_be, suggest_by, undoing
from people.steps.duplicate import SUGGESTERS
from workflow import engine
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages.records import denied, once, page


@never_cache
@require_safe
@page
def duplicate_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What agrees, what disagrees, each with its source; what a merge would change, or what an un-merge would do."""
    user: Any = request.user
    pair = Duplicate.objects.visible_to(user).select_related("unit", "judged_by").filter(pk=pk).first()
    if pair is None:
        denied(Duplicate, user, pk=pk)
        raise Http404
    merged = undoing(pair, user)
    rows = [] if merged else compared(*pair.hubs, user)
    if not merged and not rows:  # one was merged with somebody else since, or what the suggestion rested on struck out
        return redirect("person", facts_now_of(pair, user))
    looked_at(user, pair)
    names = names_for(pair.hubs, user)
    context = {
        "pair": pair, "one": names[pair.one_id], "two": names[pair.two_id], "rows": rows, "undoing": merged,
        "changes": [] if merged else changes_of(*pair.hubs, user), "offers": engine.available(pair, user),
    }  # fmt: skip
    return render(request, "people/duplicate.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@page
def same_as_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that somebody may be the same person as another: who is near is shown, or is looked for under another name. Of
    one that was merged it is said of the record that has the facts.
    """
    user: Any = request.user
    person = Person.objects.visible_to(user).filter(pk=pk).first() or Person(pk=led_to(pk, user))
    form = SameAs(request.POST) if request.method == "POST" else SameAs()
    chosen, looking = id_in(request.POST.get("other")), "find" in request.POST
    if form.is_bound and form.is_valid() and chosen and not looking:
        try:
            return redirect(once(request, lambda: _suggested(user, person, chosen, form.cleaned_data["reason"])))
        except Refused as refusal:
            if refusal.kind is not Refusal.GUARD:
                raise
            form.add_error(None, refusal.sentence)
    if chosen is None and form.is_bound and not looking:
        form.add_error(None, "Choose who it may be, or look for them under another name")
    return _ask(request, person, form, chosen)


def _suggested(user: Any, person: Person, other: int, reason: str) -> str:
    return suggest_by(user, person, other, reason, SUGGESTERS).get_absolute_url()


def _ask(request: HttpRequest, person: Person, form: SameAs, chosen: int | None) -> HttpResponse:
    user: Any = request.user
    looking = "find" in request.POST
    name = request.POST.get("name", "").strip()[:200]  # whoever was found by it and chosen is shown again
    asked = in_one_box(name) if name else None
    matches = may_be(person, user, asked if asked and asked.answerable else None)
    if looking:  # what was typed as a reason stays; nothing is judged yet
        form = SameAs(initial={"reason": request.POST.get("reason", ""), "name": name})
    context = {
        "person": person, "name": names_for([person.pk], user)[person.pk], "form": form, "matches": matches,
        "chosen": chosen, "token": request.POST.get("token", ""), "looked_for": name,
    }  # fmt: skip
    return render(request, "people/same_as.html", context, status=422 if form.is_bound else 200)
