"""THE WORDS OF A MEASURE: what is counted, against what, in which window, broken down by what. The tables stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, F, Q, QuerySet
from django.db.models.expressions import Combinable

Rows = Callable[[], QuerySet[Any]]


class Basis(Enum):
    """Two that never share a chart, and the figure of one day (C.1)."""

    PERIOD = "Period basis: what happened in the window, whatever it belongs to; a rate may pass 100."
    COHORT = "Cohort basis: what became, by the day it is asked, of what was recorded in the window."
    AS_AT = "As it stands: what is so at the moment it is asked, of what began in the window."
    NOW = "As it stands: what is so at the moment it is asked, whenever it began; the window changes nothing."


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. `label` stands after the number.

    `at` is the column of its moment (UTC), by which it falls into a window; `at_words` what that moment is. `unit` leads to
    its unit, `case` to its case ("" where it lies in none), `incident` to its report ("" where it is of none; "pk" where it is
    one itself), `officer` to whose work it is. `once` is the expression of which each value counts once, such as a person.
    `weight` is what is added up of each where it does not count as one. `own` are breakdowns that it alone has.
    Without `at` it is what stands at the moment it is asked, in every window (Basis.NOW).
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
    weight: Combinable | None = None
    own: Mapping[str, Combinable] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether its months make the whole: each of them lies in one, unless it counts whoever may stand in several."""
        return bool(self.at) and (self.once is None or self.once == F("pk"))

    def only(self, label: str, *which: Q | Exists, **columns: Any) -> Counted:
        """Those of them of which this is so."""
        return self.those(label, lambda rows: rows.filter(*which, **columns))

    def those(self, label: str, narrowed: Callable[[QuerySet[Any]], QuerySet[Any]], **changed: Any) -> Counted:
        """Those that are left by a function of the rows. `changed`: what else is different, such as the moment."""
        rows = self.rows
        return replace(self, label=label, rows=lambda: narrowed(rows()), **changed)


@dataclass(frozen=True, slots=True)
class Outside:
    """What others count and was brought in (`reporting.outside`): the sum of these figures, of whole months and areas.

    `group` is the class of crime, or which order; `reason` why. Of `people` it is who lives there by the newest estimate, of
    that age and sex; it is not added up over months. What was not brought in is not known, and nothing is put in its place.
    """

    label: str
    kind: str
    figures: tuple[str, ...]
    group: str = ""
    reason: str = ""
    people: bool = False
    age: str = ""
    sex: str = ""

    @property
    def at_words(self) -> str:
        return "as it was brought in from outside"

    @property
    def case(self) -> str:
        """No case lies behind it."""
        return ""


@dataclass(frozen=True, slots=True)
class Took:
    """How long it took from one moment of a row to another, in days. Rows that have not come to the other are said (censored)."""

    label: str
    counted: Counted
    until: Combinable


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a measure: so many of `some`, for every `per` of `of`; a bare count without `of`. `code` is its address.

    `spread`: breakdowns by which only the first is divided, so that the groups are shares of one whole.
    """

    code: str
    label: str
    some: Counted | Outside
    of: Counted | Outside | None = None
    per: int = 100
    spread: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Counted | Outside, ...]:
        return (self.some,) if self.of is None else (self.some, self.of)

    @property
    def stands_now(self) -> bool:
        """Whether it is the same in every window, so that no month has a figure of its own."""
        return any(isinstance(source, Counted) and not source.at for source in self.sources)


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table.

    `sentence` is the definition as it is printed. `theme` is where it stands in a pack. `pair`: the measure of quality that is
    read beside one of speed or volume. `good`: "more" or "less" is better, "" where neither is. `by`: what it may be broken
    down by. `mind`: what a reader must know before drawing conclusions.
    `lacks`: why there is no figure yet; such a row has no parts and is never made up.
    `beside`: the codes of two parts, ours and theirs, of which the numbers are set side by side and never mixed.
    `of_force`: it is of the whole force alone, for those who answer for it, and opens no case: people would be found in it.
    `private`: one to four are kept back from everybody as well, on screen too (`reporting.measures.private`).
    `compares`: it is asked of another measure, by a group (M44).
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
    beside: tuple[str, str] | tuple[()] = ()
    of_force: bool = False
    private: bool = False
    compares: bool = False

    @property
    def small(self) -> str:
        """The rule of small numbers, as it is printed."""
        return KEPT_BACK if self.private else SHOWN_WITHIN

    @property
    def slug(self) -> str:
        return self.code.lower()

    @property
    def number(self) -> str:
        """M06, as the field counts its measures; nothing for one of our own, whose code is but its address."""
        return self.code.partition("-")[0] if self.code[:1] == "M" and self.code[1:2].isdigit() else ""

    @property
    def called(self) -> str:
        """M06 Arrest rate; of one without a number its name alone."""
        return f"{self.number} {self.name}".strip()

    def part(self, code: str) -> Part:
        """Raises KeyError."""
        return {part.code: part for part in self.parts}[code]


SHOWN_WITHIN = (
    "Inside the force every number is shown; in anything that leaves it one to four are hidden, and one more with them."
)
KEPT_BACK = "One to four are hidden from everybody, and what leaves one to four; so it is of calendar years and of the force alone."
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
    if bool(row.lacks) + bool(row.parts or row.took) + row.compares != 1:
        yield "it has figures, or says why not."
    if not row.authority or not row.sentence.endswith("."):
        yield "it says what it is in a sentence, and on what authority."
    if len({part.code for part in row.parts}) != len(row.parts):
        yield "two parts have one code."
    yield from faults_of_parts(row)


def faults_of_parts(row: Measure) -> Iterator[str]:
    if row.basis is Basis.COHORT and any(len({moment_of(source) for source in part.sources}) > 1 for part in row.parts):
        yield "of a cohort both numbers fall into the window by one moment."
    if any(part.stands_now != (row.basis is Basis.NOW) for part in row.parts):
        yield "what stands now is of its own basis."
    if not set(row.beside) <= {part.code for part in row.parts}:
        yield "what is set side by side are two of its parts."
    if row.private and (row.by or row.took or not row.of_force):
        yield "small numbers are kept back only of the whole force, by nothing."
    if row.of_force and {"division", "team", "officer"} & set(row.by):
        yield "what is of the force alone is broken down by no unit."


def moment_of(source: Counted | Outside) -> str:
    return source.at if isinstance(source, Counted) else source.at_words
