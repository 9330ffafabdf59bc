"""The person page: everything that may be known of somebody, each fact with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from people.models import Person, PersonName
from people.panels import PersonPanel, panels_for
from people.services import NAME_NOT_KNOWN, Known, facts_of


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one kind, newest first."""

    label: str
    facts: list[Known]


@dataclass(frozen=True, slots=True)
class Box:
    """A panel with its content."""

    panel: PersonPanel
    rows: Any


@require_safe
@login_required
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody of whom at least one fact is visible to the reader; nobody else exists. Written down as looked at, with
    the cases whose facts were read.
    """
    user: Any = request.user
    person, now = Person(pk=pk), timezone.now()
    facts = facts_of(person, user)
    if not facts:
        raise Http404
    read = sorted({known.fact.case_id for known in facts if not known.closed})
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"people.person:{pk}", hits=read)
    boxes = boxes_of(person, user, now)
    mark_forbidden(facts, boxes)
    context = {
        "person": person, "name": called(facts), "groups": grouped(facts), "now": now,
        "in_short": in_short(facts, now), "doors": doors_of(facts, request.path),
        "side": [box for box in boxes if box.panel.side],
        "beneath": [box for box in boxes if not box.panel.side],
    }  # fmt: skip
    return render(request, "people/person.html", context)


def boxes_of(person: Person, user: Any, now: Any) -> list[Box]:
    """What the apps show of the person; a panel with nothing to show is not drawn."""
    boxes = [Box(panel, panel.rows(person, user, now)) for panel in panels_for(user.roles_over(None))]
    return [box for box in boxes if box.rows]


def mark_forbidden(facts: Iterable[Known], boxes: Iterable[Box]) -> None:
    """Mark each fact that a panel says must never be used: it stays readable, and is offered nowhere."""
    asked = [(box.panel.forbids, box.rows) for box in boxes if box.panel.forbids]
    for known in facts:
        known.fact.never_use = any(forbids(rows, known.fact) for forbids, rows in asked)


def grouped(facts: Iterable[Known]) -> list[Group]:
    groups: dict[str, list[Known]] = {}
    for known in facts:
        groups.setdefault(known.label, []).append(known)
    return [Group(label, rows) for label, rows in groups.items()]


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
    return {reference: f"{reverse('case-reason', args=[reference])}?{urlencode({'next': back})}" for reference in asked}
