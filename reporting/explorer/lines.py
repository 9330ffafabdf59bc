"""A page of the stream in words: who, what, about which case, why. Never the content of what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.urls import reverse

from accounts.models import User
from audit.models import Access, Event, Operation
from audit.stream import ACT, Entry
from cases.models import Case, LinkedCase
from cases.visibility import GATEKEEPERS, referred_to, shut_out_of
from people.models import PersonName
from reporting.explorer.asked import KINDS, PERSON_SEARCH
from workflow.declare import step_named
from workflow.telling import may_be_told, plainly

CLOSED = "A case of which you may not be told"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `url` leads to what it is about, and only where the reader may open it anyway."""

    id: str
    at: datetime
    who: str
    officer: int
    what: str
    operation: str
    reference: str = ""
    url: str = ""
    about: str = ""
    about_url: str = ""
    reason: str = ""
    terms: str = ""
    shown: int = 0


def lines_of(entries: Sequence[Entry], user: User, held: frozenset[str]) -> list[Line]:
    """The lines for this reader. Two queries, however many lines; one more where an act tells of another case."""
    cases = {case for entry in entries if (case := _case_of(entry))}
    told = dict(referred_to(Case.objects.filter(pk__in=cases), user, held).values_list("pk", "reference"))
    closed = people_closed_to(user)
    opens = set(Case.objects.visible_to(user).filter(pk__in=told).values_list("pk", flat=True))
    plain = plain_acts(entries, user, held)
    return [
        told_nothing(entry, plain)
        if closed and tells_of(entry, closed)
        else _line(entry, told, opens, bool(held & GATEKEEPERS), plain)
        for entry in entries
    ]


def plain_acts(entries: Sequence[Entry], user: User, held: frozenset[str]) -> set[int]:
    """The acts (ids) that tell of a case of which this reader may not be told: they read them as any other change."""
    acts = [entry.row for entry in entries if entry.place.letter == ACT and not may_be_told(entry.row.name)]
    if not acts:
        return set()
    told = referred_to(Case.objects.all(), user, held).values("pk")
    links = LinkedCase.objects.filter(case__in={row.chain for row in acts})
    kept_back = set(links.exclude(case__in=told, other__in=told).values_list("case_id", flat=True))
    return {row.pk for row in acts if row.chain in kept_back}


def people_closed_to(user: User) -> set[int]:
    """Whoever is known to a case that the reader is shut out of: who looked for them, and how, would warn the reader."""
    cases = shut_out_of(Case.objects.all(), user).values("pk")
    return set(PersonName.objects.filter(case__in=cases).values_list("person_id", flat=True))


def tells_of(entry: Entry, people: set[int]) -> bool:
    """Whether a look was at one of them, or found one of them."""
    row = entry.row
    model, _, number = getattr(row, "what", "").partition(":")
    if model != PERSON_SEARCH:
        return False
    return int(number) in people if number else not people.isdisjoint(row.hits)


def told_nothing(entry: Entry, plain: set[int]) -> Line:
    """A line that says when, who, and that it is of a case that may not be told."""
    row = entry.row
    return Line(
        id=f"{entry.place.letter}{row.pk}", at=entry.place.at, who=row.by.title(), officer=row.by_id,
        what=said_of(row, plain), operation=Operation(row.operation).label, reference=CLOSED,
    )  # fmt: skip


def _case_of(entry: Entry) -> int | None:
    """The folder of a line; a search by reference and a person's page name theirs among the hits."""
    chain: int | None = entry.row.chain
    return chain or None


def _line(entry: Entry, told: dict[int, str], opens: set[int], full: bool, plain: set[int]) -> Line:
    row, case = entry.row, _case_of(entry)
    reference = told.get(case, CLOSED) if case else ""
    more: dict[str, Any] = {"reference": reference}
    if case in opens:
        more["url"] = reverse("case", args=[reference])
    if entry.place.letter != ACT and reference != CLOSED:
        more |= _of_look(row, full)
    return Line(
        id=f"{entry.place.letter}{row.pk}", at=entry.place.at, who=row.by.title(), officer=row.by_id,
        what=said_of(row, plain), operation=Operation(row.operation).label, **more,
    )  # fmt: skip


def said_of(row: Event | Access, plain: set[int]) -> str:
    """What was done: the step's own title, or the way of looking. `plain`: acts that pass for any other change."""
    if isinstance(row, Access):
        return "Tripped the wire by a search" if row.what == "tripwire" else dict(KINDS)[row.kind]
    name = plainly(row.name) if row.pk in plain else row.name
    step = step_named(name)
    if step:
        return f"{step.title} ({name})"
    return name.replace(".", ": ").replace("-", " ").capitalize()


def kind_of(model: str) -> str:
    """What sort of thing was looked at: "threshold change"; of what is no model, its last word."""
    name = model.rpartition(".")[2]
    try:
        return str(apps.get_model(model)._meta.verbose_name)
    except (LookupError, ValueError):
        return name


def _of_look(row: Access, full: bool) -> dict[str, Any]:
    """Words that were typed may hold names: they are for professional standards alone."""
    model, _, number = row.what.partition(":")
    more: dict[str, Any] = {"about": f"{kind_of(model)} {number}".strip(), "shown": len(row.hits)}
    if model == PERSON_SEARCH and number:
        more["about_url"] = reverse("person", args=[number])
    reason = row.reason_code.replace("_", " ")
    more["reason"] = ": ".join(filter(None, (reason, row.reason if full else "")))
    more["terms"] = row.terms if full else ""
    return more
