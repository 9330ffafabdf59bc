"""The next day on which a place is open: rule SD, a school day (B.0). Pure, as every rule here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from workflow.clock.calendar import SATURDAY, Calendar
from workflow.clock.moment import LONDON, day_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last


@dataclass(frozen=True)
class OpenDays:
    """When a place is open by its own calendar: its terms, and within them the days on which it is closed."""

    terms: Sequence[Span] = ()
    closed: Sequence[Span] = ()

    def knows(self, on: date) -> bool:
        """Whether a day lies within its calendar: after its first term began and before its last one ended."""
        if not self.terms:
            return False
        return min(term.first for term in self.terms) <= on <= max(term.last for term in self.terms)

    def is_open(self, on: date, calendar: Calendar) -> bool:
        """Whether it is open on a day. One that its calendar does not know is open where it is no weekend and no bank
        holiday: whoever guesses must guess early.
        """
        if on.weekday() >= SATURDAY or (on.year in calendar.years and calendar.holiday(on)):
            return False
        if any(on in span for span in self.closed):
            return False
        return any(on in term for term in self.terms) if self.knows(on) else True


@dataclass(frozen=True)
class Opening:
    """The moment at which a place opens next (UTC). `known`: its calendar, and the bank holidays, say so."""

    at: datetime
    known: bool


def next_opening(start: datetime, days: OpenDays, calendar: Calendar, clock: time) -> Opening:
    """The first `clock` (London) after `start` on a day on which the place is open.

    Before that time on an open day it is that very day. Raises ValueError for a naive start.
    """
    if start.tzinfo is None:
        raise ValueError("A clock needs an aware start.")
    on = day_of(start)
    while not days.is_open(on, calendar) or _at(on, clock) <= start:
        on += ONE_DAY
    return Opening(_at(on, clock), known=days.knows(on) and on.year in calendar.years)


def _at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, LONDON).astimezone(UTC)
