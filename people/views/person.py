"""The person page: what is in force, everything that may be known of somebody with its source, and a tab for each view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from people.forms.known_on import as_of, place_in
from people.models import Address, Person, PersonName
from people.panels import PersonPanel, at_head_of, door_to, in_force_on, panels_for, tabs_for
from people.services import NAME_NOT_KNOWN, Known, facts_of
from people.services.judging import led_to
from people.services.reading import Reading
from people.services.speaking import gender_of
from people.views.boxes import Box, laid_out
from workflow.templatetags.words import capped

ADDRESSES = "addresses"
MOST_ADDRESSES = 3  # on the summary


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one kind, newest first. `more`: how many older ones stand on the tab of their kind."""

    label: str
    facts: list[Known]
    more: int = 0


@never_cache
@require_safe
@login_required
def person_page(request: HttpRequest, pk: int, tab: str = "") -> HttpResponse:
    """Somebody of whom at least one fact is visible to the reader; nobody else exists. Written down as looked at, with
    the cases whose facts were read. A tab shows its own panels beneath the same head. On a past day: what had been
    recorded by its end, under today's visibility.
    """
    user: Any = request.user
    person = Person(pk=pk)
    asked = as_of(request.GET)
    facts = facts_of(person, user)
    if not facts:  # nobody, or one that was merged: addresses that somebody has kept go on working
        return redirect(f"person-{tab}" if tab else "person", led_to(pk, user))
    reading = Reading(
        person, user, asked.at, asked.past, day=asked.query, after=place_in(request.GET), gender=gender_of(facts)
    )
    shown = facts_of(person, user, asked.past) if asked.past else facts
    held = user.roles_over(None)
    boxes = boxes_of(reading, held, tab)
    mark_forbidden(shown, boxes)
    head = [*in_short(shown, asked.at), *at_head_of(reading)]
    force = in_force_on(reading) if not asked.past else []
    tabs = tabs_of(reading, held, tab)
    read = {known.fact.case_id for known in facts if not known.closed} | reading.told
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"people.person:{pk}", hits=sorted(read))
    context = {
        "person": person, "name": called(shown) or called(facts), "groups": grouped(shown, tab), "now": asked.at,
        "in_short": head, "doors": doors_of(shown, request.path), "asked": asked, "form": asked.form,
        "in_force": force, "tabs": tabs, "tab": tab, **laid_out(boxes),
    }  # fmt: skip
    return render(request, "people/person.html", context, status=asked.status)


def tabs_of(reading: Reading, held: frozenset[str], current: str) -> list[tuple[str, str, bool]]:
    """(label with its count, address, whether it is the one shown)."""
    person = reading.person
    found = [(_("Summary"), reverse("person", args=[person.pk]), current == "")]
    for tab in tabs_for(held):
        url = reverse(tab.url, args=[person.pk]) if isinstance(tab.url, str) else tab.url(person)
        count = f" ({capped(tab.count(reading))})" if tab.count else ""
        found.append((f"{_(tab.label)}{count}", url, tab.name == current))
    return found


def boxes_of(reading: Reading, held: frozenset[str], tab: str = "") -> list[Box]:
    """What the apps show of the person on a tab; a panel with nothing to show is not drawn."""
    boxes = [Box(panel, panel.rows(reading)) for panel in panels_for(held, tab)]
    return [box for box in boxes if box.rows]


def mark_forbidden(facts: Iterable[Known], boxes: Iterable[Box]) -> None:
    """Mark each fact that a panel says must never be used: it stays readable, and is offered nowhere."""
    asked = [
        (panel.forbids, box.rows) for box in boxes if isinstance(panel := box.panel, PersonPanel) and panel.forbids
    ]
    for known in facts:
        known.fact.never_use = any(forbids(rows, known.fact) for forbids, rows in asked)


def grouped(facts: Iterable[Known], tab: str = "") -> list[Group]:
    """By kind; the summary shows the newest addresses and leads to the rest, their own tab shows them alone and all."""
    groups: dict[str, list[Known]] = {}
    for known in facts:
        if tab != ADDRESSES or isinstance(known.fact, Address):
            groups.setdefault(known.label, []).append(known)
    return [group_of(label, rows, tab) for label, rows in groups.items()]


def group_of(label: str, rows: list[Known], tab: str) -> Group:
    folded = not tab and isinstance(rows[0].fact, Address)
    shown = rows[:MOST_ADDRESSES] if folded else rows
    return Group(label, shown, len(rows) - len(shown))


def called(facts: list[Known]) -> PersonName | None:
    """The name the page is headed with: the newest legal one, else the newest."""
    names = [known.fact for known in facts if isinstance(known.fact, PersonName) and known.words != NAME_NOT_KNOWN]
    return next((name for name in names if name.kind == PersonName.Kind.LEGAL), names[0] if names else None)


def in_short(facts: list[Known], now: Any) -> list[tuple[str, str]]:
    """The newest readable fact of each kind but the name: what stands beneath the heading."""
    short: dict[str, str] = {}
    for known in facts:
        barred = known.closed or known.fact.never_use or not known.fact.short
        if barred or known.label in short or isinstance(known.fact, PersonName):
            continue
        age = f", age {known.fact.age_at(now)}" if known.label == "Born" else ""
        short[known.label] = known.words + age
    return list(short.items())


def doors_of(facts: list[Known], back: str) -> dict[str, str]:
    """{reference: the page that asks why}, for the cases that keep a fact closed until then."""
    asked = {known.reference for known in facts if known.closed}
    return {reference: door_to(reference, back) for reference in asked}
