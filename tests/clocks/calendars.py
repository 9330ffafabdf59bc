"""Calendars and moments that the clock tests share."""

from datetime import UTC, date, datetime
from functools import cache

from workflow.clock import Calendar, parse_local
from workflow.models.holiday import shipped_holidays


@cache
def shipped_calendar() -> Calendar:
    """England and Wales 2023 to 2028, as the product ships it."""
    names = {row.on: row.name for row in shipped_holidays()}
    return Calendar(names, frozenset(on.year for on in names))


def london(text: str) -> datetime:
    """A moment written as London time, or midnight of a London day."""
    return parse_local(text, date_alone=True).at


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def day(text: str) -> date:
    return date.fromisoformat(text)
