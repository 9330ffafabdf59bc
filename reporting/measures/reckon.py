"""How a measure is reckoned: one statement for each thing counted, whatever the window, the month and the group.

Figures are of the whole force or of one unit and whatever is beneath it, and the same whoever asks, so that they may be shared,
kept and compared. A restricted case counts for the force and in no unit beneath it: nobody learns from a team's figure that
it has one. Windows are London days; counting is live, from the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from django.db.models import Case as Either
from django.db.models import Count, QuerySet, Sum, When
from django.db.models.functions import Coalesce, TruncMonth

from accounts.models import Unit
from reporting.charts.points import Interval, wilson
from reporting.measures import elsewhere, private
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import Counted, Measure, Outside, Part
from workflow.clock import LONDON

WHOLE = ""  # the group of everything, where nothing is broken down
FEWEST_FOR_A_RATE = 30  # of fewer a rate is flagged (C.1)
HUNDRED = 100
LONGEST = timedelta(days=3653)  # of one question
OF_UNITS = frozenset({"division", "team", "officer", "supervisor"})
Key = tuple[date | None, Any]
Numbers = Mapping[Key, int | None]


class NotOffered(Exception):
    """What was asked cannot be answered. Its words may be shown as they are."""


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the last London day, both with it."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time.min, LONDON)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, LONDON)

    def months(self) -> list[date]:
        """The first day of each month of it, the earliest first."""
        found, at = [], self.first.replace(day=1)
        while at <= self.last:
            found.append(at)
            at = (at + timedelta(days=31)).replace(day=1)
        return found


def told_of(measure: Measure, unit: Unit | None) -> bool:
    """Whether there are figures of it of that unit: what is of the force alone has none of any beneath."""
    return not measure.of_force or unit is None or unit.parent_id is None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `by` names a breakdown or is empty; `monthly` asks for each month of the window beside the whole. Raises
    NotOffered for what nobody may ask, on whatever page or paper.
    """

    measure: Measure
    window: Window
    by: str = ""
    unit: Unit | None = None
    monthly: bool = False

    def __post_init__(self) -> None:
        if self.window.last < self.window.first:
            raise NotOffered("The window ends before it begins. Choose a last day that is not before the first.")
        if self.window.last - self.window.first > LONGEST:
            raise NotOffered("That is more than ten years. Choose a shorter time.")
        if self.by and self.by not in self.measure.by:
            raise NotOffered(f"{self.measure.name} cannot be broken down by that. Choose one of those offered.")
        if not told_of(self.measure, self.unit):
            raise NotOffered(f"{self.measure.name} is of the whole force alone, so that nobody is found in it.")
        if self.measure.private and not private.is_a_year_that_is_over(self.window):
            raise NotOffered(
                "Small numbers are kept back here, so it is shown of one calendar year that is over: January to December."
            )


@dataclass(frozen=True, slots=True)
class Value:
    """One figure. `whole` is None of a bare count. 0 of 0 is no rate, never 0; of few the rate is flagged (C.1).

    `lacking`: what is said instead, where a number was not brought in or is kept back; then the numbers say nothing.
    """

    some: int
    whole: int | None = None
    per: int = 100
    lacking: str = ""

    @property
    def rate(self) -> Decimal | None:
        """As it is kept: full precision."""
        return Decimal(self.some) * self.per / self.whole if self.whole and not self.lacking else None

    @property
    def sure(self) -> Interval | None:
        """Between what the share lies with 95 of 100 (Wilson); None of a number, and of a rate that is no share."""
        if self.whole is None or self.lacking or self.per != HUNDRED or not 0 <= self.some <= self.whole:
            return None
        return wilson(self.some, self.whole)

    @property
    def few(self) -> bool:
        return self.whole is not None and not self.lacking and self.whole < FEWEST_FOR_A_RATE

    @property
    def shown(self) -> str:
        """As it is read: the number, or the rate to one place, half up; n/a where nothing could have happened."""
        if self.lacking:
            return self.lacking
        if self.whole is None:
            return f"{self.some:,}"
        return one_place(self.rate) if self.rate is not None else "n/a"


def one_place(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1"), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Answer:
    """Every figure of a question: {part: {(first day of the month or None for the window, group): value}}."""

    question: Question
    values: dict[str, dict[Key, Value]]
    groups: list[tuple[Any, str]]
    months: list[date]

    def value(self, part: str, month: date | None = None, group: Any = WHOLE) -> Value:
        asked = self.question.measure.part(part)
        return self.values[part].get((month, group)) or value_of(asked, {}, {}, (month, group))


def counts(source: Counted | Outside, question: Question, tree_of: elsewhere.TreeOf) -> Numbers:
    """{(month or None, group): how many}; of what others count None where it was not brought in."""
    if isinstance(source, Outside):
        window, unit, by = question.window, question.unit, question.by
        return elsewhere.counts(source, window, unit, by, monthly=question.monthly, tree_of=tree_of)
    return {**of_rows(source, question)}


@dataclass
class CountedOnce:
    """Counts for many questions at one moment: what several measures count is counted once. Keep it no longer than the moment."""

    known: dict[Any, tuple[Counted | Outside, Numbers]] = field(default_factory=dict)
    tree_of: elsewhere.TreeOf = field(default_factory=lambda: cache(elsewhere.tree_of))

    def __call__(self, source: Counted | Outside, question: Question) -> Numbers:
        unit = question.unit.pk if question.unit else None
        key = (id(source), question.window, unit, question.by, question.monthly)
        if key not in self.known:  # the source is kept with them, so that its id stays its own
            self.known[key] = source, counts(source, question, self.tree_of)
        return self.known[key][1]


def ask(question: Question, counts: CountedOnce | None = None) -> Answer:
    """The figures, live. One statement for each thing counted, however many parts are made of it; two where it counts each once
    and months are asked for. `counts`: what was counted for other questions of the same moment. A private measure has no months.
    """
    counts = counts or CountedOnce()
    if question.measure.private:
        question = replace(question, monthly=False)
    values = {part.code: of_part(part, question, counts) for part in question.measure.parts}
    if question.measure.private:
        values = {code: {key: private.kept_back(value) for key, value in of.items()} for code, of in values.items()}
    groups = groups_of(question, {group for part in values.values() for _, group in part})
    months = question.window.months() if question.monthly and not stands_now(question.measure) else []
    return Answer(question, values, groups, months)


def stands_now(measure: Measure) -> bool:
    return any(part.stands_now for part in measure.parts)


def of_part(part: Part, question: Question, counts: CountedOnce) -> dict[Key, Value]:
    some = counts(part.some, question)
    if part.of and question.by in part.spread:
        return of_one_whole(part, some, counts(part.of, replace(question, by="")))
    whole = counts(part.of, question) if part.of else {}
    return {key: value_of(part, some, whole, key) for key in some.keys() | whole.keys()}


def of_one_whole(part: Part, some: Numbers, whole: Numbers) -> dict[Key, Value]:
    """Each group as a share of everything, not of itself."""
    groups = {group for _, group in some}
    every = {(month, group): number for (month, _), number in whole.items() for group in groups}
    return {key: value_of(part, some, every, key) for key in every}


def value_of(part: Part, some: Numbers, whole: Numbers, key: Key) -> Value:
    """The figure of one month and group; what was not brought in is said, never taken for nought."""
    number = some.get(key, absent(part.some))
    of = whole.get(key, absent(part.of)) if part.of else 0
    lacking = elsewhere.NOT_BROUGHT_IN if number is None or of is None else ""
    return Value(number or 0, (of or 0) if part.of else None, part.per, lacking)


def absent(source: Counted | Outside) -> int | None:
    """What is not there: of our own none, of others not known."""
    return 0 if isinstance(source, Counted) else None


def rows_of(counted: Counted, window: Window, unit: Unit | None) -> QuerySet[Any]:
    """The rows that a figure is made of."""
    rows = counted.rows()
    if counted.at:
        rows = rows.filter(**{f"{counted.at}__gte": window.begins, f"{counted.at}__lt": window.ends})
    if unit is None or unit.parent_id is None:
        return rows.order_by()
    rows = rows.filter(**{f"{counted.unit}__lineage__contains": [unit.pk]})
    return (rows.exclude(**{restricted(counted): True}) if counted.case else rows).order_by()


def of_rows(counted: Counted, question: Question) -> dict[Key, int]:
    rows = rows_of(counted, question.window, question.unit)
    group = group_of(counted, question.by)
    if group is None and question.by:
        return {}
    if not (question.monthly and counted.at):
        return grouped(rows, counted, group, None)
    by_month = grouped(rows, counted, group, TruncMonth(counted.at, tzinfo=LONDON))
    return by_month | (added_up(by_month) if counted.adds_up else grouped(rows, counted, group, None))


def added_up(by_month: Mapping[Key, int]) -> dict[Key, int]:
    """The whole window of each group, out of its months."""
    found: dict[Key, int] = {}
    for (_, group), number in by_month.items():
        found[None, group] = found.get((None, group), 0) + number
    return found


def group_of(counted: Counted, by: str) -> Any:
    """The expression of a breakdown for what is counted; None where it has no such thing."""
    if not by:
        return None
    if by in counted.own or by not in BREAKDOWNS:
        return counted.own.get(by)
    read = BREAKDOWNS[by].read(counted)
    return read if read is None or by not in OF_UNITS or not counted.case else but_restricted(counted, read)


def but_restricted(counted: Counted, read: Any) -> Any:
    """Of a restricted case nothing is said of unit or officer, in the figures of the force either."""
    return Either(When(**{restricted(counted): True}, then=None), default=read)


def restricted(counted: Counted) -> str:
    """The column that says whether its case is restricted."""
    return "restricted" if counted.case == "pk" else f"{counted.case}__restricted"


def grouped(rows: QuerySet[Any], counted: Counted, group: Any, month: Any) -> dict[Key, int]:
    """How many in each group, of each month where one is given. One statement."""
    named: dict[str, Any] = {}
    if month is not None:
        named["m_"] = month
    if group is not None:
        named["g_"] = group
    number = number_of(counted)
    if not named:
        return {(None, WHOLE): rows.aggregate(n_=number)["n_"]}
    found: dict[Key, int] = {}
    for row in rows.annotate(**named).values(*named).annotate(n_=number).values_list(*named, "n_"):
        said = dict(zip(named, row, strict=False))
        at = said["m_"].astimezone(LONDON).date() if said.get("m_") else None
        key = (at, said.get("g_", WHOLE))
        found[key] = row[-1]
    return found


def number_of(counted: Counted) -> Any:
    if counted.weight is not None:
        return Coalesce(Sum(counted.weight), 0)
    return Count(counted.once, distinct=True) if counted.once is not None else Count("pk")


def words_of(by: str) -> dict[Any, str]:
    """What the values of a breakdown are called; nothing where they say it themselves."""
    return BREAKDOWNS[by].words() if by in BREAKDOWNS else {}


def groups_of(question: Question, seen: Iterable[Any]) -> list[tuple[Any, str]]:
    """The groups of an answer with their words, in the order of the table; those that it does not know come last."""
    if not question.by:
        return [(WHOLE, question.measure.name)]
    words = words_of(question.by)
    there = set(seen)
    known = [(group, label) for group, label in words.items() if group in there]
    return known + sorted(((group, str(group)) for group in there - words.keys()), key=lambda pair: pair[1])
