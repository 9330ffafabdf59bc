"""A measure as rows of words: what the page shows, the file holds and the command prints, each derived from one answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reporting.measures.reckon import WHOLE, Answer, Question, Value, ask, words_of
from reporting.measures.times import spreads

HEADINGS = (
    "measure", "name", "part", "basis", "from", "to", "month", "group", "number", "of", "for every", "figure",
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


def lines(answer: Answer) -> Iterator[Line]:
    """Each part, the whole window first, then month by month; every group that the window has, nothing left out."""
    for part in answer.question.measure.parts:
        for month in (None, *answer.months):
            for group, label in answer.groups:
                value = answer.value(part.code, month, group)
                yield line(part.label, month, "" if group == WHOLE and not answer.question.by else label, value)


def line(part: str, month: Any, group: str, value: Value) -> Line:
    return Line(part, f"{month:%Y-%m}" if month else "", group, value.some, value.whole, value.per, value.shown)


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


def rows(question: Question) -> Iterator[tuple[str, ...]]:
    """The rows of a file, without headings."""
    measure, window = question.measure, question.window
    head = (measure.code, measure.name)
    span = (measure.basis.name.lower(), f"{window.first:%Y-%m-%d}", f"{window.last:%Y-%m-%d}")
    for one in all_lines(question):
        of = "" if one.of is None else str(one.of)
        yield (
            *head,
            one.part,
            *span,
            one.month,
            one.group,
            str(one.number),
            of,
            str(one.per) if of else "",
            one.figure,
        )
