"""Dates worked out by hand from the Acts, which the clock must give."""

import pytest

from tests.clocks.calendars import london
from workflow.clock import LONDON, Calendar, Length, due

# fmt: off
ORACLE = [
    ("an ordinary 48 statutory hours",          "statutory-hours:48", "2026-06-01T10:00", "2026-06-03T10:00:00+01:00"),
    ("Saturday counts and Sunday does not",     "statutory-hours:48", "2026-06-06T09:00", "2026-06-09T09:00:00+01:00"),
    ("Maundy Thursday, over Easter",            "statutory-hours:48", "2026-04-02T16:00", "2026-04-07T16:00:00+01:00"),
    ("the summer bank holiday after a Sunday",  "statutory-hours:48", "2026-08-29T08:00", "2026-09-02T08:00:00+01:00"),
    ("25 December, though no bank holiday",     "statutory-hours:48", "2027-12-24T12:00", "2027-12-30T12:00:00+00:00"),
    ("Christmas Eve over two holidays",         "statutory-hours:48", "2024-12-24T09:00", "2024-12-28T09:00:00+00:00"),
    ("24 statutory hours over a Sunday",        "statutory-hours:24", "2026-06-06T09:00", "2026-06-08T09:00:00+01:00"),
    ("24 hours as the clocks go forward",       "hours:24",           "2026-03-28T12:00", "2026-03-29T13:00:00+01:00"),
    ("detention of 24 hours in March",          "hours:24",           "2026-03-28T20:00", "2026-03-29T21:00:00+01:00"),
    ("detention of 36 hours in March",          "hours:36",           "2026-03-28T20:00", "2026-03-30T09:00:00+01:00"),
    ("detention of 96 hours in March",          "hours:96",           "2026-03-28T20:00", "2026-04-01T21:00:00+01:00"),
    ("1 working day over Christmas",            "working-days:1",     "2026-12-24",       "2026-12-29T23:59:59+00:00"),
    ("2 working days over Christmas",           "working-days:2",     "2026-12-24",       "2026-12-30T23:59:59+00:00"),
    ("5 working days over New Year",            "working-days:5",     "2026-12-24",       "2027-01-05T23:59:59+00:00"),
    ("10 working days over New Year",           "working-days:10",    "2026-12-24",       "2027-01-12T23:59:59+00:00"),
    ("1 working day, New Year on a Monday",     "working-days:1",     "2027-12-31",       "2028-01-04T23:59:59+00:00"),
    ("5 working days, New Year on a Monday",    "working-days:5",     "2027-12-31",       "2028-01-10T23:59:59+00:00"),
    ("1 working day over early May",            "working-days:1",     "2026-05-01",       "2026-05-05T23:59:59+01:00"),
    ("5 working days over early May",           "working-days:5",     "2026-05-01",       "2026-05-11T23:59:59+01:00"),
    ("bail from the day after arrest",          "months-beginning:3", "2026-03-16",       "2026-06-15T23:59:59+01:00"),
    ("bail to six months",                      "months-beginning:6", "2026-03-16",       "2026-09-15T23:59:59+01:00"),
    ("bail to nine months, into winter time",   "months-beginning:9", "2026-03-16",       "2026-12-15T23:59:59+00:00"),
    ("bail that ends on a leap day",            "months-beginning:3", "2027-12-01",       "2028-02-29T23:59:59+00:00"),
    ("3 days, no relief for Good Friday",       "days-beginning:3",   "2026-04-02",       "2026-04-04T23:59:59+01:00"),
]
MORE = [
    ("a start on Sunday counts from Monday",    "statutory-hours:24", "2026-06-07T10:00", "2026-06-09T00:00:00+01:00"),
    ("hours used up at midnight",               "statutory-hours:15", "2026-06-06T09:00", "2026-06-07T00:00:00+01:00"),
    ("a skipped Sunday of 23 hours",            "statutory-hours:24", "2026-03-28T12:00", "2026-03-30T12:00:00+01:00"),
    ("a skipped Sunday of 25 hours",            "statutory-hours:24", "2026-10-24T12:00", "2026-10-26T12:00:00+00:00"),
    ("24 hours as the clocks go back",          "hours:24",           "2026-10-24T12:00", "2026-10-25T11:00:00+00:00"),
    ("a working day from late on a Friday",     "working-days:1",     "2026-06-05T23:59", "2026-06-08T23:59:59+01:00"),
    ("a working day from a Sunday",             "working-days:1",     "2026-06-07T10:00", "2026-06-08T23:59:59+01:00"),
    ("the Coronation was not a working day",    "working-days:1",     "2023-05-05T10:00", "2023-05-09T23:59:59+01:00"),
    ("28 days from any hour of the day",        "days:28",            "2026-08-29T23:30", "2026-09-26T23:59:59+01:00"),
    ("28 days beginning with the day",          "days-beginning:28",  "2026-08-29",       "2026-09-25T23:59:59+01:00"),
    ("one day beginning with today is today",   "days-beginning:1",   "2026-08-29",       "2026-08-29T23:59:59+01:00"),
    ("three months from the 31st",              "months-beginning:3", "2026-03-31",       "2026-06-30T23:59:59+01:00"),
    ("three months from the 30th",              "months-beginning:3", "2027-11-30",       "2028-02-29T23:59:59+00:00"),
    ("a year from a leap day",                  "months-beginning:12", "2028-02-29",       "2029-02-28T23:59:59+00:00"),
    ("a month from its first day",              "months-beginning:1", "2026-12-01",       "2026-12-31T23:59:59+00:00"),
]
# fmt: on


@pytest.mark.parametrize(("why", "rule", "start", "expected"), ORACLE + MORE)
def test_it_is_due_when_the_law_says(why: str, rule: str, start: str, expected: str, calendar: Calendar) -> None:
    found = due(london(start), Length.parse(rule), calendar)
    assert found.astimezone(LONDON).isoformat() == expected, why


def test_a_moment_near_midnight_belongs_to_its_london_day(calendar: Calendar) -> None:
    """23:30 UTC in June is half past midnight in London: the event is on the next day."""
    found = due(london("2026-06-02T00:30"), Length.parse("days:1"), calendar)
    assert found.astimezone(LONDON).isoformat() == "2026-06-03T23:59:59+01:00"
