"""Moments as people in London write and read them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EARLIEST, LATEST = 1990, 2099
LAST_SECOND = time(23, 59, 59)

_WRITTEN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?(.*)", re.DOTALL)
_OFFSET = re.compile(r"\s?(?:Z|[+-][0-9]{2}:?[0-9]{2})", re.IGNORECASE)


class BadStart(ValueError):
    """A start that cannot be read or never was. Its text is one sentence for the person who typed it."""


class MissingHour(BadStart):
    """A wall-clock time inside the hour that is left out when the clocks go forward."""


@dataclass(frozen=True)
class LocalStart:
    """A start as typed: the moment in UTC, and a note when a choice had to be made ("" otherwise)."""

    at: datetime
    note: str = ""


def parse_local(text: str, *, date_alone: bool = False) -> LocalStart:
    """Read ISO London time without offset, "2026-03-29T01:30", as a moment in UTC.

    A time that happens twice when the clocks go back means the first, and the note says so. `date_alone` allows
    "2026-03-29", which is midnight at the start of that day: for rules that begin with a day.
    Raises MissingHour, or BadStart for anything else that is no such time.
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise BadStart(_format_wanted(date_alone))
    if _OFFSET.fullmatch(written[3]):
        raise BadStart("Leave out the offset: the start is London time, for example 2026-08-29T08:00.")
    if written[3]:
        raise BadStart(_format_wanted(date_alone))
    on = _real_date(written[1])
    if written[2] is None:
        if not date_alone:
            raise BadStart("Give the time as well as the date, for example 2026-08-29T08:00.")
        return LocalStart(start_of(on))
    return _placed(on, _real_time(written[2]))


def start_of(on: date) -> datetime:
    """Midnight in London at the start of a date, in UTC. London's clocks never change at midnight."""
    return datetime.combine(on, time(), LONDON).astimezone(UTC)


def end_of(on: date) -> datetime:
    """23:59:59 in London on a date, in UTC: when every rule that counts days ends."""
    return datetime.combine(on, LAST_SECOND, LONDON).astimezone(UTC)


def day_of(at: datetime) -> date:
    """The London date of a moment."""
    return at.astimezone(LONDON).date()


def moment_words(at: datetime) -> str:
    """ "Wednesday 2 September 2026 at 08:00", in London; the year always, because these are legal dates."""
    local = at.astimezone(LONDON)
    return f"{day_words(local.date())} at {clock_words(local)}"


def day_words(on: date, *, year: bool = True) -> str:
    """ "Wednesday 2 September 2026", or without the year."""
    return f"{on:%A} {on.day} {on:%B}" + (f" {on.year}" if year else "")


def clock_words(at: datetime) -> str:
    """ "08:00" in London, rounded down to the minute, with the zone's name when that hour happens twice."""
    local = at.astimezone(LONDON)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{local:%H:%M} {local.tzname()}" if twice else f"{local:%H:%M}"


def to_the_minute(at: datetime) -> datetime:
    """The moment as it is shown. Sums of shown moments then agree with the shown times, whatever the seconds."""
    return at.replace(second=0, microsecond=0)


def _format_wanted(date_alone: bool) -> str:
    if date_alone:
        return "The start must be the first day, written like 2026-08-29."
    return "The start must be London time written like 2026-08-29T08:00."


def _real_date(text: str) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise BadStart(f"{text} is not a date: there is no such day in the calendar.") from None
    if not EARLIEST <= on.year <= LATEST:
        raise BadStart(f"The year must be from {EARLIEST} to {LATEST}.")
    return on


def _real_time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise BadStart(f"{text} is not a time: use the 24-hour clock, from 00:00 to 23:59.") from None


def _placed(on: date, clock: time) -> LocalStart:
    """Put a wall-clock time on the line of time, minding the two days a year when the clocks change."""
    first, second = (datetime.combine(on, clock.replace(fold=fold), LONDON).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return LocalStart(first)
    if first > second:
        raise MissingHour(
            f"There is no {clock:%H:%M} on {day_words(on)}: the clocks go forward from 01:00 to 02:00, "
            "so give a time before 01:00 or from 02:00."
        )
    after = (first + timedelta(hours=1)).astimezone(LONDON).tzname()
    return LocalStart(
        first,
        f"{clock:%H:%M} happens twice on {day_words(on)}, because the clocks go back. "
        f"This is the first, {first.astimezone(LONDON).tzname()}; the second, {after}, is an hour later.",
    )
