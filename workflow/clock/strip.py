"""The strip of days: one box a day, folded when there are too many to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

MOST_BOXES = 10


class Day(Protocol):
    """What a box needs to know of a day: a `DayRow`."""

    @property
    def on(self) -> date: ...
    @property
    def number(self) -> int | None: ...
    @property
    def skipped(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def bar_from(self) -> int: ...
    @property
    def bar_to(self) -> int: ...


@dataclass(frozen=True)
class Box:
    """One box: a day with its date, or a run of `days` whole days named by its dates. The bar is in per cent."""

    name: str
    dates: str
    label: str
    note: str
    skipped: bool
    days: int
    bar_from: int
    bar_to: int

    @property
    def bar_width(self) -> int:
        return self.bar_to - self.bar_from


def fold(rows: Sequence[Day]) -> tuple[Box, ...]:
    """At most ten boxes, the first and the last day always alone.

    Runs of counted and of skipped days are folded first; a period with many runs (a month of working days and their
    weekends) keeps only its two ends and one box between them.
    """
    if len(rows) <= MOST_BOXES:
        return tuple(_one(row) for row in rows)
    runs = [list(run) for _, run in groupby(rows[1:-1], key=lambda row: bool(row.skipped))]
    if len(runs) + 2 > MOST_BOXES:
        runs = [list(rows[1:-1])]
    middle = (_one(run[0]) if len(run) == 1 else _many(run) for run in runs)
    return (_one(rows[0]), *middle, _one(rows[-1]))


def _one(row: Day) -> Box:
    return Box(f"{row.on:%A}", _short(row.on), row.label, row.note, bool(row.skipped), 1, row.bar_from, row.bar_to)


def _many(run: Sequence[Day]) -> Box:
    skipped = [row for row in run if row.skipped]
    counted = len(run) - len(skipped)
    if not skipped:
        label, note = f"{counted:,} days counted", _numbers(run)
    elif not counted:
        label, note = f"{len(skipped):,} days skipped", ", ".join(dict.fromkeys(row.skipped for row in skipped)) + "."
    else:
        label, note = f"{counted:,} days counted", f"{len(skipped):,} days skipped between them."
    first, last = run[0].on, run[-1].on
    begins = str(first.day) if (first.year, first.month) == (last.year, last.month) else _short(first)
    return Box(f"{begins} to {_short(last)}", "", label, note, not counted, len(run), 0, 100 if counted else 0)


def _numbers(run: Sequence[Day]) -> str:
    """ "Days 1 to 27." for the rules that number days; for hours what the last of the days says of the sum."""
    if run[0].number is None:
        return run[-1].note
    return f"Days {run[0].number:,} to {run[-1].number:,}."


def _short(on: date) -> str:
    return f"{on.day} {on:%b}"
