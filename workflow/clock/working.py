"""The working behind a due moment: every day of it, and the same in sentences, so that anybody can check it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from workflow.clock import sentences
from workflow.clock.calendar import SATURDAY, Calendar
from workflow.clock.length import Length, Rule
from workflow.clock.moment import (
    LONDON,
    day_of,
    day_words,
    moment_words,
    start_of,
    to_the_minute,
)
from workflow.clock.reckoning import ONE_DAY, due
from workflow.clock.strip import Box, fold

NOTHING = timedelta()


class Line(NamedTuple):
    """One numbered step of the explanation: its name, the words to stress, and the rest of the sentence."""

    name: str
    lead: str
    rest: str

    @property
    def words(self) -> str:
        return f"{self.lead} {self.rest}".strip()


@dataclass(frozen=True)
class DayRow:
    """One London day between start and due, and what the rule made of it.

    `counted` is exact time for the rules of hours, `shown` the same between times rounded down to the minute, as they
    are read on a page; both are zero for the rules of days, which give `number` instead (None on a skipped day and for
    hours). `skipped` is the reason in a word or two, "" when the day counts. `bar_from` and `bar_to` are per cent of
    this day, midnight to midnight, and show the counted part.
    """

    on: date
    begins: datetime
    ends: datetime
    counted: timedelta
    shown: timedelta
    number: int | None
    skipped: str
    label: str
    note: str
    bar_from: int
    bar_to: int


@dataclass(frozen=True)
class Working:
    """A due moment with everything it was worked out from. Moments are aware, in UTC."""

    start: datetime
    length: Length
    due: datetime
    rows: tuple[DayRow, ...]

    @property
    def gaps(self) -> tuple[DayRow, ...]:
        """The days that were skipped, in order."""
        return tuple(row for row in self.rows if row.skipped)

    @property
    def due_words(self) -> str:
        """ "Wednesday 2 September 2026 at 08:00", in London."""
        return moment_words(self.due)

    @property
    def due_iso(self) -> str:
        """The due moment in ISO 8601 with London's offset on that day."""
        return self.due.astimezone(LONDON).isoformat(timespec="seconds")

    @property
    def sum(self) -> str:
        """The sum in one line: "16 + 0 + 0 + 24 + 8 = 48 hours"."""
        if self.length.rule.counts_hours:
            return sentences.sum_of_hours([row.shown for row in self.rows], self.length)
        return sentences.sum_of_days(self.rows[0].on, self.rows[-1].on, len(self.gaps), self.length)

    @property
    def clock_change(self) -> str:
        """What a change of the clocks between start and due means for this rule, or that there is none."""
        return sentences.clock_change([(row.begins, row.ends) for row in self.rows], self.length.rule)

    def steps(self) -> tuple[Line, ...]:
        """The same in words: start, rule, days skipped, clock change. Never a step left out."""
        gaps = self.gaps
        return (
            Line("Start", self.start_words + ".", ""),
            Line("Rule", self.length.words() + ".", sentences.rule(self.length)),
            Line("Days skipped", f"{len(gaps)}." if gaps else "None.", sentences.days_skipped(gaps)),
            Line("Clock change", "", self.clock_change),
        )

    def boxes(self) -> tuple[Box, ...]:
        """The strip of days, at most ten boxes: beyond that, runs of whole days are folded into one."""
        return fold(self.rows)

    @property
    def is_folded(self) -> bool:
        """Whether a box of the strip stands for more than one day."""
        return any(box.days > 1 for box in self.boxes())

    @property
    def start_words(self) -> str:
        """The start in London: a moment, or the first day for the rules that begin with a day."""
        if self.length.rule.begins_with_day:
            return f"{day_words(day_of(self.start))}, the first day"
        if not self.length.rule.counts_hours:
            return f"{day_words(day_of(self.start))}, day 0 at any hour"
        return moment_words(self.start)


def working(start: datetime, length: Length, calendar: Calendar) -> Working:
    """`due` with its working. Raises what `due` raises, and never gives another answer than `due`."""
    start = start.astimezone(UTC) if start.tzinfo else start
    until = due(start, length, calendar)
    rows = _hour_rows if length.rule.counts_hours else _day_rows
    return Working(start, length, until, tuple(rows(start, until, length, calendar)))


def _hour_rows(start: datetime, until: datetime, length: Length, calendar: Calendar) -> Iterator[DayRow]:
    so_far = NOTHING
    for on in _days(start, until):
        opens, closes = start_of(on), start_of(on + ONE_DAY)
        begins, ends = max(start, opens), min(until, closes)
        skipped = calendar.outside_statutory_hours(on) if length.rule is Rule.SH else ""
        shown = NOTHING if skipped else to_the_minute(ends) - to_the_minute(begins)
        so_far += shown
        note = sentences.hours_of_day(
            begins=begins if begins == start else None,
            ends=ends if ends == until else None,
            skipped=skipped,
            saturday_counts=length.rule is Rule.SH and on.weekday() == SATURDAY,
            so_far=sentences.amount(so_far),
        )
        yield DayRow(
            on=on,
            begins=begins,
            ends=ends,
            counted=NOTHING if skipped else ends - begins,
            shown=shown,
            number=None,
            skipped=skipped,
            label="Skipped" if skipped else sentences.amount(shown),
            note=note,
            bar_from=0 if skipped else round(100 * ((begins - opens) / (closes - opens))),
            bar_to=0 if skipped else round(100 * ((ends - opens) / (closes - opens))),
        )


def _day_rows(start: datetime, until: datetime, length: Length, calendar: Calendar) -> Iterator[DayRow]:
    number = 1 if length.rule.begins_with_day else 0
    event, last = day_of(start), day_of(until)
    for on in _days(start, until):
        skipped = calendar.outside_working_days(on) if length.rule is Rule.WD and on != event else ""
        yield DayRow(
            on=on,
            begins=max(start, start_of(on)),
            ends=min(until, start_of(on + ONE_DAY)),
            counted=NOTHING,
            shown=NOTHING,
            number=None if skipped else number,
            skipped=skipped,
            label="Skipped" if skipped else f"Day {number:,}",
            note=sentences.whole_day(number, first=on == event, last=on == last, skipped=skipped),
            bar_from=0,
            bar_to=0 if skipped or number == 0 else 100,
        )
        number += 0 if skipped else 1


def _days(start: datetime, until: datetime) -> Iterator[date]:
    """London days that hold any time between the two; an end at midnight belongs to the day before it."""
    on, last = day_of(start), day_of(until - timedelta(microseconds=1))
    while on <= last:
        yield on
        on += ONE_DAY
