"""Two people: everything between them that the reader may be told, either way, with the safeguarding done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from cases.panels.narrative import doors_to
from cases.panels.repeat import of_two
from cases.services.pair import BOTH, TO_ONE, TO_OTHER, Between, Pair, pair_of
from cases.services.sight import sight_of
from people.forms.known_on import as_of, place_in
from people.models import Person
from people.panels import InForce, in_force_on
from people.services.reading import Reading
from workflow.clock import LONDON
from workflow.pages.records import denied

DIRECTIONS = (BOTH, TO_ONE, TO_OTHER)


@dataclass(frozen=True, slots=True)
class Year:
    """The events of one London year."""

    year: int
    rows: list[Between]


@never_cache
@require_safe
@login_required
def pair_page(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Two people, each of whom the reader may know; else there is no such page. Looked at is each of the two."""
    user: Any = request.user
    both_seen(user, one, other)
    asked, before = as_of(request.GET), place_in(request.GET)
    direction = request.GET.get("harmed", BOTH)
    direction = direction if direction in DIRECTIONS else BOTH
    sight = sight_of(user, one, other)
    pair = pair_of(one, other, sight, user, at=asked.past, before=before, direction=direction)
    write_down(user, one, other, sorted(sight.open))
    names = {one: pair.one.name, other: pair.other.name}
    context = {
        "flags": [] if asked.past else of_two(names, user, asked.at, sight.open),
        "pair": pair, "asked": asked, "form": asked.form, "direction": direction, "before": before,
        "years": years_of(pair), "choices": choices_of(pair, direction), "shut": doors_to(sight, request.path),
        "heads": [] if asked.past else heads_of(pair, user, asked.at), "token": uuid.uuid4().hex,
        "earlier": with_query(asked.query, direction, pair.earlier), "newest": with_query(asked.query, direction),
        "paper_url": reverse("pair-paper", args=[one, other]) if pair.events and not asked.past else "",
    }  # fmt: skip
    return render(request, "cases/pair.html", context, status=asked.status)


def both_seen(user: Any, one: int, other: int) -> None:
    """Raises Http404 unless the reader may know of both, and they are two."""
    if not Person.objects.all_visible_to(user, one, other):
        for asked in (one, other):  # of either it must be known that they were asked for
            denied(Person, user, pk=asked)
        raise Http404


def write_down(user: Any, one: int, other: int, read: list[int], kind: str = Access.Kind.VIEW) -> None:
    for person in (one, other):
        audit.looked(by=user, kind=kind, what=f"people.person:{person}", hits=read)


def years_of(pair: Pair) -> list[Year]:
    found = groupby(pair.rows, key=lambda row: row.event.at.astimezone(LONDON).year)
    return [Year(year, list(rows)) for year, rows in found]


def choices_of(pair: Pair, direction: str) -> list[tuple[str, str, bool]]:
    """The radio links: value, the name of whoever is said to be harmed ("" for both), whether it is chosen."""
    names = {BOTH: "", TO_ONE: pair.one.name, TO_OTHER: pair.other.name}
    return [(value, names[value], value == direction) for value in DIRECTIONS]


def heads_of(pair: Pair, user: Any, at: Any) -> list[tuple[Any, list[InForce]]]:
    """The two, each with what is in force about them now."""
    return [(one, in_force_on(Reading(Person(pk=one.person_id), user, at))) for one in (pair.one, pair.other)]


def with_query(day: str, direction: str, after: int | None = None) -> str:
    parts = (day, f"harmed={direction}" if direction else "", f"after={after}" if after else "")
    return f"?{'&'.join(part for part in parts if part)}"
