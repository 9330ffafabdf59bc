"""Times as people in London write them, on the two nights when the clocks change and on all others."""

import pytest

from tests.clocks.calendars import utc
from workflow.clock import BadStart, MissingHour, parse_local


def test_summer_time_is_an_hour_ahead_of_utc() -> None:
    assert parse_local("2026-08-29T08:00").at == utc(2026, 8, 29, 7)


def test_a_space_or_seconds_are_understood() -> None:
    assert parse_local(" 2026-01-29 08:00:30 ").at == utc(2026, 1, 29, 8, 0, 30)


def test_an_hour_that_happens_twice_means_the_first_and_says_so() -> None:
    start = parse_local("2026-10-25T01:30")
    assert start.at == utc(2026, 10, 25, 0, 30)
    assert start.note.startswith("01:30 happens twice on Sunday 25 October 2026, because the clocks go back.")
    assert "This is the first, BST; the second, GMT" in start.note


@pytest.mark.parametrize("clock", ["01:00", "01:30", "01:59"])
def test_an_hour_that_is_left_out_is_refused(clock: str) -> None:
    with pytest.raises(MissingHour, match=f"There is no {clock} on Sunday 29 March 2026: the clocks go forward"):
        parse_local(f"2026-03-29T{clock}")


@pytest.mark.parametrize(("text", "hour"), [("2026-03-29T00:59", 0), ("2026-03-29T02:00", 1), ("2026-10-25T02:00", 2)])
def test_the_times_beside_a_change_are_ordinary(text: str, hour: int) -> None:
    start = parse_local(text)
    assert (start.at.hour, start.note) == (hour, "")


def test_a_day_alone_is_its_first_moment_where_the_rule_begins_with_a_day() -> None:
    assert parse_local("2026-06-01", date_alone=True).at == utc(2026, 5, 31, 23)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-06-01", "Give the time as well as the date"),
        ("2026-06-01T10:00Z", "Leave out the offset"),
        ("2026-06-01T10:00+01:00", "Leave out the offset"),
        ("2026-06-01T10:00:00-0500", "Leave out the offset"),
        ("2026-02-30T10:00", "2026-02-30 is not a date"),
        ("2026-06-01T24:00", "24:00 is not a time"),
        ("2026-06-01T10:61", "10:61 is not a time"),
        ("0001-01-01T00:00", "The year must be from 1990 to 2099"),
        ("9999-12-31T23:59", "The year must be from 1990 to 2099"),
        ("2026-06-01T10", "The start must be London time written like"),
        ("2026-W10-1", "The start must be London time written like"),
        ("2026-06-01T10:00 or so", "The start must be London time written like"),
        ("next Tuesday", "The start must be London time written like"),
        ("2026-06-01T10:00\x00", "The start must be London time written like"),
        ("", "The start must be London time written like"),
    ],
)
def test_what_is_no_london_time_is_refused_with_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadStart, match=sentence):
        parse_local(text)
