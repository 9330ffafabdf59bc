"""Rule SD: told before a school is open next (B.0, B.6, E.7). Each school has its own days."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clocks.calendars import day, london, shipped_calendar
from workflow.clock import LONDON, Calendar, OpenDays, Span, next_opening

BELL = time(8)


def span(first: str, last: str = "") -> Span:
    return Span(day(first), day(last or first))


#: A school of 2026: half-term, and a training day on the Monday after it in autumn.
SCHOOL = OpenDays(
    terms=(span("2026-01-05", "2026-03-27"), span("2026-04-13", "2026-07-17"), span("2026-09-02", "2026-12-18")),
    closed=(span("2026-05-25", "2026-05-29"), span("2026-10-26", "2026-10-30"), span("2026-11-02")),
)
#: The other school of the town, which trains on another day.
OTHER = OpenDays(terms=(span("2026-09-02", "2026-12-18"),), closed=(span("2026-10-26", "2026-10-30"),))

# fmt: off
ORACLE = [
    ("half-term: the long stop of B.6",          SCHOOL, "2026-05-22T19:00", "2026-06-01T08:00:00+01:00"),
    ("a Friday evening",                         SCHOOL, "2026-06-12T19:00", "2026-06-15T08:00:00+01:00"),
    ("the middle of the night before a school day", SCHOOL, "2026-06-16T02:10", "2026-06-16T08:00:00+01:00"),
    ("a minute before the bell",                 SCHOOL, "2026-06-16T07:59", "2026-06-16T08:00:00+01:00"),
    ("the bell itself is too late for that day", SCHOOL, "2026-06-16T08:00", "2026-06-17T08:00:00+01:00"),
    ("during lessons",                           SCHOOL, "2026-06-16T11:00", "2026-06-17T08:00:00+01:00"),
    ("the early May bank holiday",               SCHOOL, "2026-05-01T22:00", "2026-05-05T08:00:00+01:00"),
    ("a training day after half-term",           SCHOOL, "2026-10-31T20:00", "2026-11-03T08:00:00+00:00"),
    ("the same night, the other school",         OTHER,  "2026-10-31T20:00", "2026-11-02T08:00:00+00:00"),
    ("the holidays of Easter",                   SCHOOL, "2026-03-28T23:00", "2026-04-13T08:00:00+01:00"),
    ("the summer holidays",                      SCHOOL, "2026-07-20T10:00", "2026-09-02T08:00:00+01:00"),
    ("the night in which the clocks go back",    OTHER,  "2026-10-24T23:30", "2026-11-02T08:00:00+00:00"),
]
# fmt: on


@pytest.mark.parametrize(("why", "school", "start", "expected"), ORACLE)
def test_a_school_is_told_before_the_day_on_which_it_is_open_next(
    why: str, school: OpenDays, start: str, expected: str, calendar: Calendar
) -> None:
    found = next_opening(london(start), school, calendar, BELL)
    assert (found.at.astimezone(LONDON).isoformat(), found.known) == (expected, True), why


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-03-28T23:00", "2026-03-30T08:00:00+01:00"),  # the clocks go forward on the Sunday
        ("2026-10-24T23:00", "2026-10-26T08:00:00+00:00"),  # and back
        ("2026-12-24T15:00", "2026-12-29T08:00:00+00:00"),  # Christmas, its substitute on the Monday
        ("2026-12-18T15:00", "2026-12-21T08:00:00+00:00"),
    ],
)
def test_a_school_without_a_calendar_is_open_on_the_next_weekday_and_nobody_guesses_later(
    start: str, expected: str, calendar: Calendar
) -> None:
    found = next_opening(london(start), OpenDays(), calendar, BELL)
    assert (found.at.astimezone(LONDON).isoformat(), found.known) == (expected, False)


def test_after_the_last_term_that_is_known_the_calendar_is_missing(calendar: Calendar) -> None:
    found = next_opening(london("2026-12-18T15:00"), SCHOOL, calendar, BELL)
    assert (found.at.astimezone(LONDON).isoformat(), found.known) == ("2026-12-21T08:00:00+00:00", False)


def test_a_training_day_counts_where_the_terms_are_not_known(calendar: Calendar) -> None:
    training = OpenDays(closed=(span("2026-11-02"),))
    found = next_opening(london("2026-10-30T20:00"), training, calendar, BELL)
    assert (found.at.astimezone(LONDON).isoformat(), found.known) == ("2026-11-03T08:00:00+00:00", False)


def test_a_year_whose_bank_holidays_nobody_has_loaded_is_not_known_and_delays_nothing(calendar: Calendar) -> None:
    found = next_opening(london("2031-01-01T10:00"), OpenDays((span("2031-01-01", "2031-07-01"),)), calendar, BELL)
    assert (found.at.astimezone(LONDON).isoformat(), found.known) == ("2031-01-02T08:00:00+00:00", False)


def test_a_start_without_a_zone_is_refused(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="aware"):
        next_opening(datetime(2026, 6, 1, 8), SCHOOL, calendar, BELL)  # noqa: DTZ001 - what is refused


@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 1), timezones=st.just(LONDON)),  # noqa: DTZ001
    closed=st.lists(st.dates(date(2025, 1, 1), date(2028, 3, 1)), max_size=6),
)
def test_whatever_the_calendar_the_bell_is_later_than_the_start_at_eight_on_an_open_weekday(
    start: datetime, closed: list[date]
) -> None:
    days, calendar = OpenDays(SCHOOL.terms, tuple(Span(on, on) for on in closed)), shipped_calendar()
    found = next_opening(start, days, calendar, BELL).at
    local = found.astimezone(LONDON)
    assert found > start and local.time() == BELL
    assert days.is_open(local.date(), calendar) and local.date() not in closed and local.weekday() < 5
