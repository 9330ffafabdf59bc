"""R-30 by the calendar: further abuse within twelve calendar months of the last referral, its last day counting (D.2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.models import RepeatAnchor
from marac.services.repeat import Earlier, falls_within, months_after, verdict

FEW = settings(max_examples=25, derandomize=True, deadline=None)
DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))
REFERRED = RepeatAnchor.REFERRED.value


@pytest.mark.parametrize(
    ("anchor", "event", "is_repeat"),
    [
        (date(2024, 1, 10), date(2025, 1, 10), True),  # 366 days, over a leap day
        (date(2023, 1, 10), date(2024, 1, 11), False),  # 366 days too, and a day too late
        (date(2023, 1, 10), date(2024, 1, 10), True),  # 365
        (date(2023, 1, 10), date(2024, 1, 9), True),  # 364
        (date(2024, 2, 29), date(2025, 2, 28), True),  # from a leap day: its last day is the 28th
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2023, 2, 28), date(2024, 2, 28), True),
        (date(2023, 2, 28), date(2024, 2, 29), False),
        (date(2024, 8, 31), date(2024, 8, 31), True),  # the same day: abuse after the referral of that morning
        (date(2024, 8, 31), date(2024, 8, 30), False),  # before it: what was referred, not further abuse
    ],
)
@pytest.mark.rule("R-30")
def test_twelve_calendar_months_end_with_the_same_day_of_the_next_year(
    anchor: date, event: date, is_repeat: bool
) -> None:
    assert falls_within(anchor, event, 12) is is_repeat


def test_a_shorter_month_ends_on_its_last_day() -> None:
    assert months_after(date(2024, 3, 31), 1) == date(2024, 4, 30)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_after(date(2024, 12, 5), 1) == date(2025, 1, 5)


@FEW
@given(DAYS, st.integers(1, 36))
@pytest.mark.rule("R-30")
def test_the_last_day_counts_and_the_next_does_not(anchor: date, months: int) -> None:
    last = months_after(anchor, months)
    assert falls_within(anchor, last, months) and not falls_within(anchor, last + timedelta(days=1), months)


@FEW
@given(DAYS)
def test_a_year_is_365_or_366_days_and_never_other(anchor: date) -> None:
    assert 365 <= (months_after(anchor, 12) - anchor).days <= 366


@FEW
@given(DAYS, DAYS, st.integers(1, 24))
def test_more_months_never_make_a_repeat_none(anchor: date, event: date, months: int) -> None:
    if falls_within(anchor, event, months):
        assert falls_within(anchor, event, months + 1)


@FEW
@given(st.lists(DAYS, max_size=4), st.lists(DAYS, max_size=4))
def test_the_order_in_which_things_were_recorded_changes_nothing(anchors: list[date], events: list[date]) -> None:
    earlier = [Earlier(day) for day in anchors]
    happened = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in events]
    one = verdict(earlier, happened, 12, REFERRED)
    other = verdict(reversed(earlier), reversed(happened), 12, REFERRED)
    assert (one.is_repeat, one.because) == (other.is_repeat, other.because)
    assert one.is_repeat == any(falls_within(day, event, 12) for day in anchors for event in events)


@FEW
@given(DAYS, st.integers(-400, 400), st.sampled_from(RepeatAnchor.values))
def test_what_happened_before_the_moment_of_the_anchor_is_never_further_abuse(
    day: date, hours: int, anchor: str
) -> None:
    """What was referred or heard then is no further abuse, whichever of the two its months run from."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    found = verdict([Earlier(day, at)], [at + timedelta(hours=hours)], 12, anchor)
    assert found.is_repeat is (hours > 0)


@pytest.mark.parametrize("year", range(2000, 2100, 4))
def test_a_leap_day_ends_on_the_28th_of_the_next_year_and_on_the_29th_of_the_next_leap_year(year: int) -> None:
    assert months_after(date(year, 2, 29), 12) == date(year + 1, 2, 28)
    assert year > 2092 or months_after(date(year, 2, 29), 48) == date(year + 4, 2, 29)


def test_the_sentence_names_both_days_and_the_last_one() -> None:
    found = verdict([Earlier(date(2024, 1, 10))], [datetime(2025, 1, 10, 12, tzinfo=UTC)], 12, REFERRED)
    assert found.is_repeat
    assert found.because == (
        "Repeat: abuse by the same person on Friday 10 January 2025. That is within 12 calendar months of the last referral, "
        "Wednesday 10 January 2024: they end with Friday 10 January 2025."
    )
    late = verdict([Earlier(date(2023, 1, 10))], [datetime(2024, 1, 11, 12, tzinfo=UTC)], 12, REFERRED)
    assert not late.is_repeat and "They end with Wednesday 10 January 2024" in late.because


def test_the_day_is_londons_also_in_summer() -> None:
    """Half past eleven in the evening UTC on 9 July is the 10th in London."""
    assert not verdict([Earlier(date(2023, 7, 9))], [datetime(2024, 7, 9, 23, 30, tzinfo=UTC)], 12, REFERRED).is_repeat
    assert verdict([Earlier(date(2023, 7, 10))], [datetime(2024, 7, 9, 23, 30, tzinfo=UTC)], 12, REFERRED).is_repeat


def test_what_was_referred_is_no_further_abuse_of_the_same_day() -> None:
    sent = datetime(2024, 5, 1, 12, tzinfo=UTC)
    earlier = [Earlier(date(2024, 5, 1), sent)]
    assert not verdict(earlier, [sent - timedelta(hours=2)], 12, REFERRED).is_repeat
    assert verdict(earlier, [sent + timedelta(hours=2)], 12, REFERRED).is_repeat


def test_nobody_was_referred_before() -> None:
    assert verdict([], [datetime(2024, 5, 1, tzinfo=UTC)], 12, REFERRED).because.startswith("No repeat: no earlier")
