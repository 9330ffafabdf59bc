"""What is true of every start and every length."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks.calendars import shipped_calendar
from workflow.clock import (
    LONDON,
    Length,
    Rule,
    due,
    hours,
    statutory_hours,
    working,
    working_days,
)

CALENDAR = shipped_calendar()
ONE_DAY = timedelta(days=1)
STARTS = st.datetimes(datetime(2023, 1, 1), datetime(2028, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
CLOCKS_CHANGE = st.sampled_from([(2025, 3, 30), (2026, 3, 29), (2027, 3, 28), (2025, 10, 26), (2026, 10, 25)])
BY_CLOCKS = st.builds(
    lambda on, minutes: datetime(*on, tzinfo=UTC) + timedelta(minutes=minutes), CLOCKS_CHANGE, st.integers(-2880, 2880)
)
N = st.integers(1, 60)
LENGTHS = st.builds(Length, st.sampled_from(Rule), N)
few = settings(max_examples=60, deadline=None)


@few
@given(start=STARTS, rule=st.sampled_from([rule for rule in Rule if rule is not Rule.BM]), n=N)
def test_a_longer_length_is_due_later(start: datetime, rule: Rule, n: int) -> None:
    assert due(start, Length(rule, n), CALENDAR) < due(start, Length(rule, n + 1), CALENDAR)


@few
@given(start=STARTS, n=N)
def test_more_months_are_due_later(start: datetime, n: int) -> None:
    assert due(start, Length(Rule.BM, n), CALENDAR) < due(start, Length(Rule.BM, n + 1), CALENDAR)


@few
@given(start=st.one_of(STARTS, BY_CLOCKS), length=LENGTHS)
def test_it_is_never_due_before_it_starts(start: datetime, length: Length) -> None:
    found = due(start, length, CALENDAR)
    assert found.tzinfo is UTC
    assert found > start or start - found < timedelta(seconds=1)  # the last second of a "beginning with" day


@few
@given(first=STARTS, second=STARTS, length=LENGTHS)
def test_a_later_start_is_never_due_sooner(first: datetime, second: datetime, length: Length) -> None:
    earlier, later = sorted((first, second))
    assert due(earlier, length, CALENDAR) <= due(later, length, CALENDAR)


@few
@given(start=st.one_of(STARTS, BY_CLOCKS), n=st.integers(1, 500))
def test_hours_are_elapsed_whatever_the_clocks_do(start: datetime, n: int) -> None:
    assert due(start, hours(n), CALENDAR) - start == timedelta(hours=n)


@few
@given(start=STARTS, n=N)
def test_a_working_day_never_ends_on_a_weekend_or_holiday(start: datetime, n: int) -> None:
    on = due(start, working_days(n), CALENDAR).astimezone(LONDON).date()
    assert on.weekday() < 5
    assert on not in CALENDAR.holidays


@few
@given(start=st.one_of(STARTS, BY_CLOCKS), n=st.integers(1, 200))
def test_statutory_hours_never_end_inside_a_skipped_day(start: datetime, n: int) -> None:
    just_before = due(start, statutory_hours(n), CALENDAR) - timedelta(microseconds=1)
    assert not CALENDAR.outside_statutory_hours(just_before.astimezone(LONDON).date())


@few
@given(start=st.one_of(STARTS, BY_CLOCKS), n=st.integers(1, 200), rule=st.sampled_from([Rule.EH, Rule.SH]))
def test_the_hours_counted_come_to_the_length(start: datetime, n: int, rule: Rule) -> None:
    answer = working(start, Length(rule, n), CALENDAR)
    assert sum((row.counted for row in answer.rows), timedelta()) == timedelta(hours=n)
    assert sum((row.shown for row in answer.rows), timedelta()) == timedelta(hours=n)


@few
@given(start=st.one_of(STARTS, BY_CLOCKS), length=LENGTHS)
def test_the_working_leaves_out_no_day_and_agrees_with_the_answer(start: datetime, length: Length) -> None:
    answer = working(start, length, CALENDAR)
    assert answer.due == due(start, length, CALENDAR)
    assert all(later.on - earlier.on == ONE_DAY for earlier, later in pairwise(answer.rows))
    assert answer.rows[0].on == start.astimezone(LONDON).date()
    assert sum(box.days for box in answer.boxes()) == len(answer.rows)
    assert len(answer.boxes()) <= 10
    assert all(0 <= box.bar_from <= box.bar_to <= 100 for box in answer.boxes())


@few
@given(length=LENGTHS)
def test_a_length_is_read_back_as_it_is_written(length: Length) -> None:
    assert Length.parse(str(length)) == length


@pytest.mark.parametrize("rule", list(Rule))
def test_rules_of_days_end_at_the_last_second_in_both_halves_of_the_year(rule: Rule) -> None:
    if rule.counts_hours:
        return
    for month in (1, 3, 7, 10):
        found = due(datetime(2026, month, 20, 9, tzinfo=UTC), Length(rule, 1), CALENDAR)
        assert f"{found.astimezone(LONDON):%H:%M:%S}" == "23:59:59"
