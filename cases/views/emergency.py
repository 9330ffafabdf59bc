"""Opening a restricted case in an emergency: asked why, asked who you are, and never kept out by either."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.proof import proved_lately
from cases.forms.emergency import EmergencyOpening
from cases.markers import on_people_and_addresses
from cases.models import Case
from cases.services import break_glass
from cases.steps.concern import BREAKERS
from cases.views.door import denied
from people.models import Person
from workflow.models import Refusal, Refused
from workflow.pages.records import page

NOT_YOURS = "A sergeant, an inspector or the control room opens a restricted case in an emergency. Ring them now."
NONE = "No restricted case opens with that. Check the reference; if somebody is in danger, ring professional standards."


@never_cache
@require_http_methods(["GET", "POST"])
@page
def emergency_page(request: HttpRequest, person: int | None = None) -> HttpResponse:
    """Asked for by reference, or by the page of somebody about whom a restricted case warns."""
    user: Any = request.user
    if person is not None and not Person.objects.visible_to(user).filter(pk=person).exists():
        raise Http404  # a number that was tried: the way here is the page of somebody the reader knows of
    if not user.holds(BREAKERS, None):
        raise Refused(Refusal.ROLE, NOT_YOURS)
    proved = proved_lately(request)
    form = EmergencyOpening(request.POST or None, named=person is not None, proved=proved)
    if request.method == "POST" and form.is_valid():
        reference = form.cleaned_data.get("reference", "")
        if seen := Case.objects.visible_to(user).filter(reference=reference).first():
            return redirect(seen)  # no emergency is needed
        opened = break_glass(cases=asked_for(reference, person), by=user, said=form.cleaned_data, proved=proved)
        if opened:
            return redirect(opened[0] if len(opened) == 1 or person is None else reverse("person", args=[person]))
        if reference:
            denied(Case, user, reference=reference)
        form.add_error("reference" if "reference" in form.fields else None, NONE)
    context = {"form": form, "proved": proved, "proof_url": proof_url(request)}
    return render(request, "cases/emergency.html", context, status=422 if form.is_bound else 200)


def asked_for(reference: str, person: int | None) -> Any:
    """The cases that are asked for, whether or not they may be opened."""
    if person is None:
        return Case.objects.filter(reference=reference)
    return Case.objects.filter(pk__in=on_people_and_addresses(Case.objects.all(), frozenset({person}), frozenset()))


def proof_url(request: HttpRequest) -> str:
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}"
