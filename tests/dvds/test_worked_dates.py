"""The worked dates of part C, and the plan counted back from the overall limit: pure, against the shipped calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dvds.services import limits
from dvds.services.backward import act_by, backward, london_day, squeeze
from tests.clocks.calendars import london, shipped_calendar
from workflow.clock import Length, due
from workflow.policies import OTHER, POLICIES

CALENDAR = shipped_calendar()
OLD = "dvds-2013"
#: Contact, then K1, K2, K4 where the meeting is on the last day, K4' where nobody asked, 28 days, 35 days.
WORKED = [
    ("2026-06-08T09:00", "2026-06-09T09:00", "2026-06-22", "2026-06-29", "2026-06-15", "2026-07-06", "2026-07-13"),
    ("2026-06-12T16:55", "2026-06-13T16:55", "2026-06-26", "2026-07-03", "2026-06-19", "2026-07-10", "2026-07-17"),
    ("2026-06-13T23:30", "2026-06-14T23:30", "2026-06-26", "2026-07-03", "2026-06-19", "2026-07-11", "2026-07-18"),
    ("2026-04-02T18:00", "2026-04-03T18:00", "2026-04-20", "2026-04-27", "2026-04-13", "2026-04-30", "2026-05-07"),
    ("2026-03-28T12:00", "2026-03-29T13:00", "2026-04-14", "2026-04-21", "2026-04-07", "2026-04-25", "2026-05-02"),
    ("2026-10-24T12:00", "2026-10-25T11:00", "2026-11-06", "2026-11-13", "2026-10-30", "2026-11-21", "2026-11-28"),
    ("2026-12-24T17:00", "2026-12-25T17:00", "2027-01-12", "2027-01-19", "2027-01-05", "2027-01-21", "2027-01-28"),
]


def length(policy: str, which: str = OTHER) -> Length:
    return POLICIES[policy].lengths()[which]


def ends(policy: str, start: datetime, which: str = OTHER) -> datetime:
    return due(start, length(policy, which), CALENDAR)


def overall(contact: str, which: str = OTHER) -> datetime:
    return ends(limits.OVERALL, london(contact), which)


@pytest.mark.parametrize(("contact", "k1", "k2", "k4", "k4_told", "days_28", "days_35"), WORKED)
def test_every_limit_falls_on_the_day_that_part_c_works_out(
    contact: str, k1: str, k2: str, k4: str, k4_told: str, days_28: str, days_35: str
) -> None:
    start = london(contact)
    assert ends(limits.CHECKS, start) == london(k1)
    met = ends(limits.MEETING, start)
    assert str(london_day(met)) == k2
    assert str(london_day(ends(limits.REFERRED, met))) == k4
    assert str(london_day(ends(limits.REFERRED_TOLD, start))) == k4_told
    assert str(london_day(overall(contact))) == days_28
    assert str(london_day(overall(contact, OLD))) == days_35


def test_a_day_ends_at_the_last_second_of_it_in_london_and_is_never_put_off_for_a_weekend() -> None:
    assert overall("2026-06-13T23:30").isoformat() == "2026-07-11T22:59:59+00:00"  # a Saturday
    assert act_by(date(2026, 7, 11), CALENDAR) == date(2026, 7, 10)


def test_the_forum_must_decide_two_days_before_the_overall_limit_in_either_profile() -> None:
    for which in (OTHER, OLD):
        gap = length(limits.OVERALL, which).n - length(limits.DECIDED, which).n
        assert gap == 2


def test_counted_back_in_a_month_without_holidays_the_inner_limits_fit_exactly() -> None:
    plan = backward(overall("2026-06-08T09:00"), CALENDAR)
    on = {stage: latest.on for stage, latest in plan.items()}
    assert on == {
        "telling": date(2026, 7, 6), "forum": date(2026, 7, 4), "assessment": date(2026, 6, 29), "meeting": date(2026, 6, 22),
    }  # fmt: skip
    assert plan["forum"].act_by == date(2026, 7, 3)


@pytest.mark.parametrize(
    ("contact", "left"),
    [("2026-06-08T09:00", 7), ("2026-04-02T18:00", 3), ("2026-03-28T12:00", 4), ("2026-12-24T17:00", 2)],
)
def test_christmas_and_easter_eat_what_the_forum_has_left(contact: str, left: int) -> None:
    found = squeeze(london(contact), overall(contact), asked=True, calendar=CALENDAR)
    assert (found.days, found.tight) == (left, left < 7)


def test_over_christmas_the_date_counted_back_comes_before_the_stages_own_limit() -> None:
    contact = "2026-12-24T17:00"
    plan = backward(overall(contact), CALENDAR)
    own = london_day(ends(limits.MEETING, london(contact)))
    assert (plan["meeting"].on, own) == (date(2027, 1, 7), date(2027, 1, 12))


def test_where_nobody_asked_there_is_no_meeting_to_eat_the_days() -> None:
    found = squeeze(london("2026-12-24T17:00"), overall("2026-12-24T17:00"), asked=False, calendar=CALENDAR)
    assert found.days == 16 and not found.tight


def test_counting_back_never_gives_a_later_stage_an_earlier_day() -> None:
    for back in range(0, 400, 7):
        plan = backward(overall("2026-01-05T09:00") + timedelta(days=back), CALENDAR)
        days = [plan[stage].on for stage in ("meeting", "assessment", "forum", "telling")]
        assert days == sorted(days)
        assert all(latest.act_by <= latest.on for latest in plan.values())
