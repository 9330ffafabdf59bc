"""When something is due: legal time in England and Wales, as pure functions.

No database, no settings, no "now": the start, the length and the calendar are passed in, so the same question
always has the same answer, in the sweep, on a page, in a test and in ten years' time.
Start reading at `reckoning.due`; `working` says the same answer out loud.
"""

from workflow.clock.calendar import Calendar, UnknownYear
from workflow.clock.length import (
    OTHER,
    BadLength,
    Length,
    Rule,
    days,
    days_beginning,
    hours,
    minutes,
    months_beginning,
    read_lengths,
    statutory_hours,
    working_days,
)
from workflow.clock.moment import LONDON, BadStart, LocalStart, MissingHour, moment_words, parse_local
from workflow.clock.opening import OpenDays, Opening, Span, next_opening
from workflow.clock.reckoning import due, working_days_before
from workflow.clock.strip import Box
from workflow.clock.working import DayRow, Line, Working, working

__all__ = [
    "LONDON",
    "OTHER",
    "BadLength",
    "BadStart",
    "Box",
    "Calendar",
    "DayRow",
    "Length",
    "Line",
    "LocalStart",
    "MissingHour",
    "OpenDays",
    "Opening",
    "Rule",
    "Span",
    "UnknownYear",
    "Working",
    "days",
    "days_beginning",
    "due",
    "hours",
    "minutes",
    "moment_words",
    "months_beginning",
    "read_lengths",
    "next_opening",
    "parse_local",
    "statutory_hours",
    "working",
    "working_days",
    "working_days_before",
]
