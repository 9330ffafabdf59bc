"""What the one search looks through: a registry, so that its page imports nobody.

An app declares a kind in its panels.py: how to find its rows, how to count them, and who may ask. Every answer and every
count passes `visible_to` in the statement that asks: what is hidden is found, counted and suggested nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, IntegerField, Subquery, Value

from accounts.models import User
from people.models.birth import PartialDay
from people.models.search import Sought, in_one_box
from workflow.templatetags.words import COUNTED

#: Rows of one page of one kind.
PAGE = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: one box, a birth date as far as it is known, and where."""

    q: str = ""
    born: PartialDay | None = None
    where: str = ""

    @property
    def sought(self) -> Sought:
        """Whom they mean, for the engine of people. Where they live is part of it."""
        return in_one_box(self.q.replace("\0", ""), self.born, self.where)

    @property
    def digits(self) -> str:
        """The digits of what was typed, as a number is kept: +44 7700 900862 and 07700 900862 end alike."""
        found = "".join(character for character in self.q if character in "0123456789")
        return found.removeprefix("44") if self.q.strip().startswith("+44") else found.removeprefix("0044")

    @property
    def is_number(self) -> bool:
        """Whether it reads as a telephone number or another number: digits, and what stands between them."""
        return len(self.digits) >= LEAST_DIGITS and not any(character.isalpha() for character in self.q)

    def __str__(self) -> str:
        parts = (self.q, f"born {self.born}" if self.born else "", self.where)
        return ", ".join(filter(None, parts))


LEAST_DIGITS = 4  # fewer stand in half of all numbers


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a snippet; `marked` where they are what was asked for."""

    words: str
    marked: bool = False


@dataclass(slots=True)
class Hit:
    """One row of the answer. `why` says in words how it matches; `pieces` is what may be read of a text, if anything.

    `closed`: its case first wants to be told why, and the words say no more than that it is there. `about`: the case, or
    of a kind that shows people the person, that the record of the search names.
    """

    key: int
    title: str
    url: str
    why: str
    at: datetime
    about: int
    source: str = ""
    pieces: list[Piece] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class Hits:
    """One page of a kind. `after` is where the next begins: an opaque text that the page sends back; "" at the end."""

    hits: list[Hit] = field(default_factory=list)
    after: str = ""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row recorded lately, and the saved searches (ids) to which it is an answer that their owners may see."""

    pk: int
    key: int
    searches: list[int]


@dataclass(frozen=True, slots=True)
class Watch:
    """One table whose new rows may be news for a saved search. `fresh(after, limit)`: those recorded since that id, in
    order, each with the searches it answers; `name` is that of its hits ("numbers.telephone").
    """

    name: str
    model: Any
    fresh: Callable[[int, int], list[Fresh]]


@dataclass(frozen=True, slots=True)
class SearchKind:
    """One kind of thing that can be found.

    `find(asked, user, after)` gives a page; `rows(asked, user)` the questions it asks, for the count: none where nothing
    that was typed can be one. `likely`: shown without being asked for. `who`: roles that
    may look through it (empty: whoever may search). `watches`: the tables of which whoever saved a search is told; a kind
    without any promises nobody an alert.
    """

    name: str
    label: str
    order: int
    find: Callable[[Asked, User, str], Hits]
    rows: Callable[[Asked, User], list[Any]]
    likely: Callable[[Asked], bool]
    who: frozenset[str] = frozenset()
    shows_people: bool = False
    watches: Callable[[], list[Watch]] = list


CURSOR = re.compile(r"[a-z_]+-\d{1,18}(\.[a-z_]+-\d{1,18})*")


def newest_of(sources: dict[str, Any], columns: tuple[Any, ...], after: str) -> tuple[list[Any], str]:
    """One page of rows of several tables, newest first, and where the next begins; one statement, each by its own key.

    A row is (source, id, *columns); the first column is the moment it was recorded. `sources`: {name: question}.
    """
    passed = dict(part.split("-") for part in after.split(".")) if CURSOR.fullmatch(after) else {}
    asked = []
    for name, found in sources.items():
        rows = found.filter(pk__lt=int(passed[name])) if name in passed else found
        asked.append(rows.order_by("-pk").values_list(Value(name, CharField()), "pk", *columns)[: PAGE + 1])
    found_rows = list(asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]) if asked else []
    ranked = sorted(found_rows, key=lambda row: (row[2], row[1]), reverse=True)
    for row in ranked[:PAGE]:
        passed[row[0]] = str(min(int(passed.get(row[0], row[1])), row[1]))
    on = ".".join(f"{name}-{pk}" for name, pk in sorted(passed.items())) if len(ranked) > PAGE else ""
    return ranked[:PAGE], on


PEOPLE = "people"
KINDS: dict[str, SearchKind] = {}


def look_through(*kinds: SearchKind) -> None:
    """Declare kinds; a name used twice stops the program."""
    for kind in kinds:
        if kind.name in KINDS or kind.name == PEOPLE:
            raise LookupError(f"Two kinds of search are named {kind.name}.")
        KINDS[kind.name] = kind


def kinds_for(held: frozenset[str]) -> list[SearchKind]:
    """The kinds beside people for somebody who holds these roles anywhere, in order."""
    found = [kind for kind in KINDS.values() if not kind.who or kind.who & held]
    return sorted(found, key=lambda kind: kind.order)


class Counted(Subquery):
    """How many rows a question gives, to one past what is counted."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts_of(kinds: Iterable[SearchKind], asked: Asked, user: User) -> dict[str, int]:
    """{kind: how many, at most one past 500}, in one statement for all. What could not be one is 0 and asks nothing."""
    counts, columns = {}, {}
    for kind in kinds:
        counts[kind.name] = 0
        for place, found in enumerate(kind.rows(asked, user)):
            columns[f"{kind.name}__{place}"] = Counted(found.order_by().values("pk")[: COUNTED + 1])
    if columns:
        aliases = {f"n{place}": column for place, column in enumerate(columns.values())}
        row = User.objects.filter(pk=user.pk).annotate(**aliases).values_list(*aliases).first() or ()
        for name, number in zip(columns, row, strict=False):
            kind_name = name.rpartition("__")[0]
            counts[kind_name] = min(counts[kind_name] + number, COUNTED + 1)
    return counts


@dataclass(frozen=True, slots=True)
class Facet:
    """A question put to the people found: choices (value, words), and of(ids, user) -> {value: ids of whom it is true}."""

    name: str
    label: str
    order: int
    choices: tuple[tuple[str, str], ...]
    of: Callable[[list[int], User], dict[str, set[int]]]


FACETS: dict[str, Facet] = {}
#: sought, reader, ids of people shown -> how many more records may match that the reader may know of, and no more.
Known = Callable[[Sought, User, Collection[int]], int]
_STUBS: list[Known] = []
#: The address at which somebody new is recorded with what was typed; declared by the app in whose records people stand.
NEW_PERSON: list[str] = []


def narrow_by(*facets: Facet) -> None:
    """Declare filters of people; a name used twice stops the program."""
    for facet in facets:
        if facet.name in FACETS:
            raise LookupError(f"Two filters are named {facet.name}.")
        FACETS[facet.name] = facet


def facets() -> list[Facet]:
    return sorted(FACETS.values(), key=lambda facet: facet.order)


def knows_of_more(source: Known) -> None:
    """Say who knows of records that may match and may not be opened."""
    _STUBS[:] = [source]


def more_that_may_match(sought: Sought, user: User, shown: Collection[int]) -> int:
    return _STUBS[0](sought, user, shown) if _STUBS and sought.named else 0


def records_new_people_at(url_name: str) -> None:
    NEW_PERSON[:] = [url_name]
