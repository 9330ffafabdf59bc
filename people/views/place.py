"""The page of a place: who lives and lived there, what happened there, and what whoever goes there must know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from people.models import Place
from people.panels import PLACE_PANELS, AtPlaceNow, door_to
from people.services.places import CaseThere, cases_at, oldest_of, residences, residents_now, warnings_about, words_at
from people.views.boxes import Box, laid_out
from workflow.pages.records import denied

MOST_DOORS = 20


@never_cache
@require_safe
@login_required
def place_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A place at which the reader may see at least one record; no other exists. What is said of it comes from the cases
    that stand open to them, and those are written down as read. Of the others it says only that they know more.
    """
    user: Any = request.user
    place = Place.objects.visible_to(user).filter(pk=pk).first()
    if place is None:  # one that is hidden is asked for in the same words as one that is not there
        denied(Place, user, pk=pk)
        raise Http404
    cases = cases_at(place, user)
    if (oldest := oldest_of(place)) != place:  # two who wrote at one moment: somebody was shown the other row
        return redirect(oldest)
    read = [case.pk for case in cases if case.open]
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"people.place:{pk}", hits=sorted(read))
    now, words, living = timezone.now(), words_at(place, read), residents_now(place, read, user)
    asked = AtPlaceNow(place, user, now, "", living, tuple(read), words)
    boxes = boxes_of(request, asked)
    context = {
        "place": place, "words": words, "now": now, "warnings": warnings_about(living, user),
        "lived": residences(place, read, user, request.GET.get("lived", "")), "doors": doors_of(cases, request.path),
        "later": "lived" in request.GET, **laid_out(boxes),
    }  # fmt: skip
    return render(request, "people/place.html", context)


def boxes_of(request: HttpRequest, asked: AtPlaceNow) -> list[Box]:
    """What the apps show of the place, each from where the reader asked on; nothing to show is not drawn."""
    found = []
    for panel in sorted(PLACE_PANELS.values(), key=lambda panel: panel.order):
        after = request.GET.get(panel.name, "")
        found.append(Box(panel, panel.rows(replace(asked, after=after))))
    return [box for box in found if box.rows]


def doors_of(cases: list[CaseThere], back: str) -> dict[str, str]:
    """{reference: the page that asks why}, for the newest cases that keep what they know closed until then."""
    shut = [case.reference for case in cases if not case.open][:MOST_DOORS]
    return {reference: door_to(reference, back) for reference in shut}
