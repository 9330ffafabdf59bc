"""THE WORDS OF AN ANSWER: which figures, which tables and which pages answer a question that somebody else put."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_noop as N_

from accounts.models import Unit, User
from reporting.charts.tables import Table
from reporting.figures.span import Span
from reporting.measures.across import Across
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Window


class Asks(Enum):
    """Who asks: the parts of the page, in its order."""

    QUESTION = N_("Nine questions of the inspectorate")
    ITEM = N_("Nine items of data")
    THEME = N_("Themes of performance")
    REVIEW = N_("What else is reviewed")


MONTH = "month"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure that answers; of its `parts` those that are named, or all. `by`: by that breakdown, or by `MONTH`."""

    measure: str
    parts: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is asked for, by whom, at which moment (UTC)."""

    span: Span
    user: User
    now: datetime

    @property
    def window(self) -> Window:
        return self.span.window

    @property
    def unit(self) -> Unit | None:
        return self.span.unit


@dataclass(frozen=True, slots=True)
class Told:
    """What a table says: `table` with its words beneath, or the words alone, where there is nothing to print."""

    table: Table | None = None
    words: str = ""


Tables = Callable[[Asked], Sequence[Told]]
#: The tables as they leave the force, in fewer groups, and of which no number can be more than that of another.
Leaving = Callable[[Sequence[Across]], tuple[Sequence[Across], Sequence[tuple[Across, Across]]]]


@dataclass(frozen=True, slots=True)
class TwoWays:
    """Tables of two ways at once. `tables` as they are read inside; `leaving` as they go out, before small numbers are hidden."""

    tables: Callable[[Window, Unit | None], Sequence[Across]]
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class Way:
    """A page that answers, by the name of its address; its words and who reads it are those of the navigation unless said."""

    page: str
    label: str = ""
    who: frozenset[str] = frozenset()
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One row. `question` is what is asked, restated from `authority`. `force`: tables that are of the whole force alone.
    `lacks`: which facts are not recorded yet, where some of the answer is missing; it is said, and nothing is made up.
    """

    code: str
    asks: Asks
    question: str
    authority: str
    figures: tuple[Figure, ...] = ()
    tables: tuple[Tables, ...] = ()
    force: tuple[Tables, ...] = ()
    two_ways: TwoWays | None = None
    ways: tuple[Way, ...] = ()
    lacks: str = ""
    mind: str = ""

    @property
    def slug(self) -> str:
        return self.code.lower()


ANSWERS: dict[str, Answer] = {}


def declare(*rows: Answer) -> None:
    """Put answers in the table; a fault stops the program."""
    for row in rows:
        for fault in faults(row):
            raise ImproperlyConfigured(f"Answer {row.code}: {fault}")
        ANSWERS[row.code] = row


def faults(row: Answer) -> Iterator[str]:
    if row.code in ANSWERS:
        yield "declared twice."
    if not row.authority or not row.question.endswith("?"):
        yield "it says what is asked, and where."
    for figure in row.figures:
        measure = MEASURES.get(figure.measure)
        if measure is None:
            yield f"there is no measure {figure.measure}."
        elif set(figure.parts) - {part.code for part in measure.parts} or figure.by not in ("", MONTH, *measure.by):
            yield f"{figure.measure} has no such part, or is not broken down by that."
    if not answers_from(row) and not row.lacks:
        yield "it answers from nothing, and does not say why."


def answers_from(row: Answer) -> bool:
    """Whether there is anything behind it: a figure of facts that are recorded, a table, a page."""
    return bool(
        row.tables
        or row.force
        or row.two_ways
        or row.ways
        or any(not MEASURES[one.measure].lacks for one in row.figures)
    )
