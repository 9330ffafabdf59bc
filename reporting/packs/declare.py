"""THE WORDS OF A PACK: who reads and signs it, of which windows it is, and its blocks in the order of the paper."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from accounts.models import Unit
from reporting.equality.readers import Sum
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import CountedOnce, Window
from reporting.models.snapshot import READERS

#: What a paper is made of, as it is kept: words and numbers in JSON, nothing that asks the database.
Frozen = dict[str, Any]
Key = tuple[Any, ...]
MONTH, QUARTER, YEAR = 1, 3, 12


@dataclass(frozen=True, slots=True)
class Asking:
    """What a block is asked: of which window and unit, at which moment (UTC). `of` is the question of a single figure. Through
    `counts` every block of the pack counts: of many years nothing is counted twice.
    """

    window: Window
    unit: Unit
    as_at: datetime
    of: str = ""
    counts: CountedOnce = field(default_factory=CountedOnce, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of numbers: `some` and `whole` are keys of them. `beside`: what is said after them of other windows, in words;
    where a pack may leave the force there is no such row.
    """

    label: str
    some: Key
    whole: Key | None = None
    per: int = 100
    beside: tuple[str, ...] = ()


@dataclass(slots=True)
class Told:
    """What a block says before anything is kept back. `headline` is the figure that it is about; `tables` are (caption, headings,
    rows); `said` are tables of words that count nobody. `counts` holds every number by its key, `lacking` what is said of one
    that is not known; `sums` which add up to which; `chart` holds the rows that are drawn; `owned` is what its owner says.
    """

    title: str
    lead: str = ""
    definition: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[Key, int] = field(default_factory=dict)
    lacking: dict[Key, str] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    tables: list[tuple[str, tuple[str, ...], list[Row]]] = field(default_factory=list)
    said: list[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    owned: list[str] = field(default_factory=list)
    headline: Frozen = field(default_factory=dict)
    chart: Frozen = field(default_factory=dict)


Read = Callable[[Asking], Told]


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the paper. `made_by` is the text that its figures are made by: a definition with its queries."""

    name: str
    theme: str
    read: Read
    made_by: Callable[[], str]
    measure: str = ""


def of(name: str, theme: str, read: Read) -> Block:
    """A block of its own: what it is made by is the function that reads it."""
    return Block(name, theme, read, lambda: inspect.getsource(read))


@dataclass(frozen=True, slots=True)
class Pack:
    """One row of the table. `months` is the length of its window; `begins` by itself once that is over, so many days after.

    `suppressed`: it may leave the force, so one to four are kept back and whatever would give them away; it is of the whole
    force and of calendar quarters alone. `narrated`: somebody's words stand beside each theme. `signs` is empty where nobody
    signs it off.
    """

    code: str
    sentence: str
    months: int
    makes: frozenset[str]
    signs: frozenset[str]
    blocks: tuple[Block, ...]
    begins_after: int | None = None
    suppressed: bool = False
    narrated: bool = False
    force_only: bool = False
    authority: str = ""

    @property
    def readers(self) -> frozenset[str]:
        return READERS[self.code]

    @property
    def marking(self) -> str:
        """D.3: what is counted and kept back is OFFICIAL; anything else is sensitive."""
        return "OFFICIAL" if self.suppressed else "OFFICIAL-SENSITIVE"

    @property
    def themes(self) -> list[str]:
        return list(dict.fromkeys(block.theme for block in self.blocks))

    @property
    def of_years(self) -> bool:
        """Whether it tells of what is shown of whole calendar years alone."""
        return any(MEASURES[block.measure].private for block in self.blocks if block.measure)

    @property
    def by_calendar(self) -> bool:
        """Whether its windows are quarters or years of the calendar, so that no two overlap."""
        return self.months == QUARTER or self.of_years

    @property
    def of_force(self) -> bool:
        return self.suppressed or self.force_only


PACKS: dict[str, Pack] = {}


def window_of(pack: Pack, first: date) -> Window:
    """The window of a pack that begins with a month, by the first day of it."""
    return Window(first, month_on(first, pack.months) - timedelta(days=1))


def declare(*rows: Pack) -> None:
    """Put packs in the table; a fault stops the program."""
    for row in rows:
        for fault in faults(row):
            raise ImproperlyConfigured(f"Pack {row.code}: {fault}")
        PACKS[row.code] = row


def faults(row: Pack) -> list[str]:
    names = [block.name for block in row.blocks]
    found = {
        "declared twice.": row.code in PACKS,
        "nobody reads it.": not READERS.get(row.code),
        "nobody makes it.": not row.makes,
        "whoever makes or signs it must read it.": bool((row.makes | row.signs) - READERS.get(row.code, frozenset())),
        "it says what it is in a sentence.": not row.sentence.endswith("."),
        "two blocks have one name.": len(set(names)) != len(names),
        "it says on what authority.": not row.authority,
        "what leaves the force is of calendar quarters or years.": row.suppressed and not row.by_calendar,
        "what is kept back from everybody is of calendar years.": row.of_years and row.months != YEAR,
    }
    return [sentence for sentence, is_so in found.items() if is_so]


def month_on(first: date, months: int) -> date:
    """The first day of the month so many later (or earlier: below nought)."""
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, month + 1, 1)
