"""THE WORDS OF A MEASURE: what is counted, against what, in which window, broken down by what. The tables stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, Q, QuerySet
from django.db.models.expressions import Combinable

Rows = Callable[[], QuerySet[Any]]


class Basis(Enum):
    """Two that never share a chart, and the figure of one day (C.1)."""

    PERIOD = "Period basis: what happened in the window, whatever it belongs to; a rate may pass 100."
    COHORT = "Cohort basis: what became, by the day it is asked, of what was recorded in the window."
    AS_AT = "As it stands: what is so at the moment it is asked, of what began in the window."


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. `label` stands after the number.

    `at` is the column of its moment (UTC), by which it falls into a window; `at_words` what that moment is. `unit` leads to
    its unit, `case` to its case ("" where it lies in none), `incident` to its report ("" where it is of none; "pk" where it is
    one itself), `officer` to whose work it is. `once` is the expression of which each value counts once, such as a person.
    `own` are breakdowns that it alone has.
    """

    label: str
    rows: Rows
    at: str
    at_words: str
    unit: str = "case__unit"
    case: str = "case"
    incident: str = ""
    officer: str = ""
    once: Combinable | None = None
    own: Mapping[str, Combinable] = field(default_factory=dict)

    def only(self, label: str, *which: Q | Exists, **columns: Any) -> Counted:
        """Those of them of which this is so."""
        return self.those(label, lambda rows: rows.filter(*which, **columns))

    def those(self, label: str, narrowed: Callable[[QuerySet[Any]], QuerySet[Any]], **changed: Any) -> Counted:
        """Those that are left by a function of the rows. `changed`: what else is different, such as the moment."""
        rows = self.rows
        return replace(self, label=label, rows=lambda: narrowed(rows()), **changed)


@dataclass(frozen=True, slots=True)
class Took:
    """How long it took from one moment of a row to another, in days. Rows that have not come to the other are said (censored)."""

    label: str
    counted: Counted
    until: Combinable


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a measure: so many of `some`, for every `per` of `of`; a bare count without `of`. `code` is its address."""

    code: str
    label: str
    some: Counted
    of: Counted | None = None
    per: int = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table.

    `sentence` is the definition as it is printed. `theme` is where it stands in a pack. `pair`: the measure of quality that is
    read beside one of speed or volume. `good`: "more" or "less" is better, "" where neither is. `by`: what it may be broken
    down by. `mind`: what a reader must know before drawing conclusions.
    `lacks`: why there is no figure yet; such a row has no parts and is never made up.
    """

    code: str
    name: str
    sentence: str
    theme: str
    authority: str
    basis: Basis = Basis.PERIOD
    parts: tuple[Part, ...] = ()
    took: tuple[Took, ...] = ()
    by: tuple[str, ...] = ()
    pair: str = ""
    good: str = ""
    mind: str = ""
    lacks: str = ""

    @property
    def slug(self) -> str:
        return self.code.lower()

    def part(self, code: str) -> Part:
        """Raises KeyError."""
        return {part.code: part for part in self.parts}[code]


MEASURES: dict[str, Measure] = {}


def declare(*rows: Measure) -> None:
    """Put measures in the table; a fault stops the program."""
    for row in rows:
        for fault in faults(row):
            raise ImproperlyConfigured(f"Measure {row.code}: {fault}")
        MEASURES[row.code] = row


def faults(row: Measure) -> Iterator[str]:
    if row.code in MEASURES:
        yield "declared twice."
    if bool(row.lacks) == bool(row.parts or row.took):
        yield "it has figures, or says why not."
    if not row.authority or not row.sentence.endswith("."):
        yield "it says what it is in a sentence, and on what authority."
    if len({part.code for part in row.parts}) != len(row.parts):
        yield "two parts have one code."
    if row.basis is Basis.COHORT and any(part.of is not None and part.some.at != part.of.at for part in row.parts):
        yield "of a cohort both numbers fall into the window by one moment."
