"""WHAT A MEETING MAY HEAR: kinds of item, declared by whichever app owns the records. Found by autodiscovery of `panels`.

A kind says in which part of the agenda its records stand, how they are headed for one reader, and where they are read. An
item whose record the reader may not see has no heading: the agenda says only that something is heard there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.apps import apps

from accounts.models import User
from marac.models import AgendaItem

Parts = Callable[[Sequence[Any]], dict[int, str]]
Headings = Callable[[Sequence[Any], User], dict[int, str]]


def no_words(record: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `parts(records)`: {id: part of the agenda}. `headings(records, user)`: {id: words}, of those that the
    person may see alone. Both take all records of a page at once, so that an agenda of forty costs what one of one does.
    `url(record)`: where it is read. `timed`: whether it takes a slot. `related`: what the rows are fetched with.
    `minuted(record)`: what the minutes say of it besides its label, to whoever may open its case; without a case, to the
    forum alone.
    """

    code: str
    label: str
    model: str
    parts: Parts
    headings: Headings
    url: Callable[[Any], str]
    timed: bool = True
    related: tuple[str, ...] = ()
    minuted: Callable[[Any], str] = no_words

    @property
    def records(self) -> Any:
        return apps.get_model(self.model)._default_manager


KINDS: dict[str, Kind] = {}


def item(*kinds: Kind) -> None:
    """Declare kinds of item; a code used twice stops the program."""
    for kind in kinds:
        if kind.code in KINDS:
            raise LookupError(f"Two kinds of agenda item are called {kind.code}.")
        KINDS[kind.code] = kind


def always(part: str) -> Parts:
    """Every record of the kind stands in one part."""
    return lambda records: {record.pk: part for record in records}


def numbered(items: Iterable[AgendaItem]) -> list[tuple[AgendaItem, int | None]]:
    """Items in the order of the agenda, each with its number: what takes a slot is counted, so that “case 3” is the same case
    on the agenda, in the room and in a list to choose from.
    """
    slots = count(1)
    return [(row, next(slots) if KINDS[row.kind].timed else None) for row in items]


def records_of(items: Sequence[AgendaItem]) -> dict[tuple[str, int], Any]:
    """{(kind, id): record} of the items of a page: one query for each kind that is among them."""
    found: dict[tuple[str, int], Any] = {}
    for code in {row.kind for row in items}:
        ids = [row.subject_id for row in items if row.kind == code]
        rows = KINDS[code].records.select_related(*KINDS[code].related).filter(pk__in=ids)
        found |= {(code, record.pk): record for record in rows}
    return found


def headings_for(items: Sequence[AgendaItem], records: dict[tuple[str, int], Any], user: User) -> dict[int, str]:
    """{item id: words} of the items whose record the person may see; the others are left out."""
    said: dict[tuple[str, int], str] = {}
    for code in {row.kind for row in items}:
        mine = [record for (of, _pk), record in records.items() if of == code]
        said |= {(code, pk): words for pk, words in KINDS[code].headings(mine, user).items()}
    return {row.pk: said[row.kind, row.subject_id] for row in items if (row.kind, row.subject_id) in said}
