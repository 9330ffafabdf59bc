"""The due moment, rule by rule. Source of the rules: docs/deadlines.md names the authority of each deadline."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from workflow.clock.calendar import Calendar
from workflow.clock.length import Length, Rule
from workflow.clock.moment import day_of, end_of, start_of

ONE_DAY = timedelta(days=1)


def due(start: datetime, length: Length, calendar: Calendar) -> datetime:
    """The last moment that is still in time, aware, in UTC.

    `start` is any aware moment; its London date is the day of the event. Minutes and hours are elapsed, so they run through a
    change of the clocks; statutory hours skip whole London days; every rule that counts days ends at 23:59:59 in
    London. Only statutory hours and working days look at the calendar, and they raise UnknownYear for a year without
    rows. Raises ValueError for a naive start.
    """
    if start.tzinfo is None:
        raise ValueError("A clock needs an aware start.")
    if length.rule is Rule.EM:
        return start.astimezone(UTC) + timedelta(minutes=length.n)
    if length.rule is Rule.EH:
        return start.astimezone(UTC) + timedelta(hours=length.n)
    if length.rule is Rule.SH:
        return _after_statutory_hours(start.astimezone(UTC), timedelta(hours=length.n), calendar)
    return end_of(_last_day(day_of(start), length, calendar))


def _after_statutory_hours(start: datetime, left: timedelta, calendar: Calendar) -> datetime:
    """Walk from midnight to midnight, spending hours only on days that count."""
    at = start
    while True:
        on = day_of(at)
        midnight = start_of(on + ONE_DAY)
        if not calendar.outside_statutory_hours(on):
            if at + left <= midnight:
                return at + left
            left -= midnight - at
        at = midnight


def _last_day(first: date, length: Length, calendar: Calendar) -> date:
    match length.rule:
        case Rule.CD:
            return first + length.n * ONE_DAY
        case Rule.BD:
            return first + (length.n - 1) * ONE_DAY
        case Rule.BM:
            return _last_of_months(first, length.n)
        case _:
            return _nth_working_day(first, length.n, calendar)


def _nth_working_day(event: date, n: int, calendar: Calendar) -> date:
    on = event
    while n:
        on += ONE_DAY
        if not calendar.outside_working_days(on):
            n -= 1
    return on


def _last_of_months(first: date, n: int) -> date:
    """The day before the same-numbered day n months on; the last day of that month when it has no such number."""
    years, month = divmod(first.month - 1 + n, 12)
    year, month = first.year + years, month + 1
    longest = monthrange(year, month)[1]
    if first.day > longest:
        return date(year, month, longest)
    return date(year, month, first.day) - ONE_DAY


def working_days_before(on: date, n: int, calendar: Calendar) -> date:
    """The London day that lies n working days before a day, for what must be there by a meeting: the day itself counts as
    none, and 0 gives the day itself. Raises UnknownYear.
    """
    day = on
    while n:
        day -= ONE_DAY
        if not calendar.outside_working_days(day):
            n -= 1
    return day
