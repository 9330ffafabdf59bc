"""Acts and consultations as one stream, newest first, a page at a time: each question asks for one page, then they merge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

ACT, LOOK = "e", "a"
MOMENT = {ACT: "recorded_at", LOOK: "at"}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a page ended: moment (UTC), act or consultation, id. Everything after it in the stream is less."""

    at: datetime
    letter: str
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.letter}~{self.id}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place in an address; anything that is none begins at the newest."""
        at, _, rest = text.replace(" ", "+").partition("~")
        letter, _, number = rest.partition("~")
        if letter not in MOMENT or not (number.isascii() and number.isdecimal() and len(number) < 19):
            return None
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return None
        return cls(moment, letter, int(number)) if moment.tzinfo else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the stream: where it stands, and the row itself."""

    place: Place
    row: Any


def after(rows: Any, letter: str, place: Place) -> Any:
    """The rows of one kind that come after a place. The first condition is the index's, the second trims one moment."""
    column = MOMENT[letter]
    if letter > place.letter:
        return rows.filter(**{f"{column}__lt": place.at})
    rows = rows.filter(**{f"{column}__lte": place.at})
    return rows.exclude(Q(**{column: place.at, "pk__gte": place.id})) if letter == place.letter else rows


def newest(sides: Sequence[tuple[str, Any]], place: Place | None, size: int) -> tuple[list[Entry], Place | None]:
    """A page of the stream after a place, and the place where it ends if there is more. One query for each side.

    `sides` are (ACT or LOOK, rows); no row may be in two of them.
    """
    found: list[Entry] = []
    for letter, rows in sides:
        column = MOMENT[letter]
        wanted = after(rows, letter, place) if place else rows
        for row in wanted.order_by(f"-{column}", "-pk")[: size + 1]:
            found.append(Entry(Place(getattr(row, column), letter, row.pk), row))
    found.sort(key=lambda entry: entry.place, reverse=True)
    return found[:size], found[size - 1].place if len(found) > size else None


def all_of(sides: Sequence[tuple[str, Any]], size: int, most: int) -> Iterator[Entry]:
    """The whole stream, a page at a time, no more than `most` lines."""
    place: Place | None = None
    left = most
    while left > 0:
        entries, place = newest(sides, place, min(size, left))
        yield from entries
        left -= len(entries)
        if place is None:
            return
