"""A measure as rows of words: what the page shows, the file holds and the command prints, each derived from one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reporting.charts.points import Interval, half_up
from reporting.exports import safe_cell
from reporting.measures.declare import Measure
from reporting.measures.gaps import comparable, gaps
from reporting.measures.reckon import WHOLE, Answer, Question, Value, ask, words_of
from reporting.measures.times import spreads

HEADINGS = (
    "measure", "name", "part", "basis", "from", "to", "month", "group", "number", "of", "for every", "figure",
    "95 in 100 from", "95 in 100 to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with everything that says what it is."""

    part: str
    month: str  # 2026-10; "" for the whole window
    group: str
    number: int
    of: int | None
    per: int
    figure: str
    sure: Interval | None = None
    lacking: bool = False  # the numbers are not known, or kept back


def lines(answer: Answer) -> Iterator[Line]:
    """Each part, the whole window first, then month by month; every group that the window has, nothing left out."""
    for part in answer.question.measure.parts:
        for month in (None, *answer.months):
            for group, label in answer.groups:
                value = answer.value(part.code, month, group)
                yield line(part.label, month, "" if group == WHOLE and not answer.question.by else label, value)


def line(part: str, month: Any, group: str, value: Value) -> Line:
    said = f"{month:%Y-%m}" if month else ""
    return Line(part, said, group, value.some, value.whole, value.per, value.shown, value.sure, bool(value.lacking))


def time_lines(question: Question) -> Iterator[Line]:
    """Of a measure of how long it takes: those that came to it, of those that began, and half, nine in ten, the mean in days."""
    names = words_of(question.by)
    for took in question.measure.took:
        for group, spread in spreads(took, question).items():
            said = (("median days", spread.half), ("90th percentile days", spread.nine), ("mean days", spread.mean))
            for words, days in said:
                figure = "n/a" if days is None else f"{days:.1f}"
                group_words = str(names.get(group, group))
                yield Line(f"{took.label}: {words}", "", group_words, spread.reached, spread.began, 1, figure)


def all_lines(question: Question) -> list[Line]:
    return [*lines(ask(question)), *time_lines(question)]


def gap_lines(question: Question) -> Iterator[Line]:
    """Of each part that is a rate, how far each group lies from everybody, in percentage points; last how many are not known."""
    for part in comparable(question.measure):
        found = gaps(part, question)
        for gap in found.rows:
            yield Line(
                f"{part.label}: from everybody", "", gap.label, gap.value.some, gap.value.whole, part.per,
                "n/a" if gap.apart is None else str(half_up(gap.apart)), gap.sure, bool(gap.value.lacking),
            )  # fmt: skip
        yield line(f"{part.label}: group not known", None, "", found.unknown)


def rows(question: Question, measure: Measure | None = None) -> Iterator[tuple[str, ...]]:
    """The rows of a file, without headings. `measure`: the one that compares, where it is asked of another (M44)."""
    asked, window = measure or question.measure, question.window
    name = f"{asked.name}: {question.measure.name}" if asked.compares else asked.name
    span = (question.measure.basis.name.lower(), f"{window.first:%Y-%m-%d}", f"{window.last:%Y-%m-%d}")
    for one in gap_lines(question) if asked.compares else all_lines(question):
        yield (asked.code, name, one.part, *span, one.month, one.group, *figures_of(one))


def figures_of(one: Line) -> tuple[str, ...]:
    number = "" if one.lacking else str(one.number)
    of = "" if one.lacking or one.of is None else str(one.of)
    lower, upper = (str(half_up(end)) for end in (one.sure.lower, one.sure.upper)) if one.sure else ("", "")
    return (number, of, str(one.per) if of else "", one.figure, lower, upper)


def safe(cell: str) -> str:
    """A cell of a file: a number as it is, below nought too; else no formula."""
    return cell if re.fullmatch(r"-?\d+(\.\d+)?", cell) else safe_cell(cell)
