"""May this person be contacted by this means, at this place, at this moment? Silence forbids; hours are London's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Case, SafeContact
from cases.models.answers.contact import Means, Weekday
from cases.models.safe_contact import plain_number, spoken_days
from cases.services.contact import allowed, within_times
from tests.cases.test_safe_contact import plan, set_ways
from workflow import engine
from workflow.clock import LONDON

NOON = datetime(2026, 9, 2, 12, 0, tzinfo=LONDON)  # a Wednesday


def london(day: int, hour: int, minute: int = 0, month: int = 9) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


# --- may this person be contacted by this means, at this place, at this moment? ---


def test_without_a_plan_nobody_is_contacted(hannahs_case: Case) -> None:
    assert allowed(hannahs_case, Means.CALL, timezone.now()).startswith("Safe contact is not set.")


@pytest.fixture
def planned(hannahs_case: Case, ellen: User) -> Case:
    """The plan of Hannah's case, set long before the moments that are asked about."""
    set_ways(hannahs_case, ellen)
    SafeContact.objects.update(recorded_at=london(1, 8, month=1))
    return hannahs_case


def test_the_safe_way_at_the_safe_time_is_allowed(planned: Case) -> None:
    assert allowed(planned, Means.CALL, NOON) == ""
    assert allowed(planned, Means.CALL, NOON, "+44 7700 900461") == ""
    assert allowed(planned, Means.IN_PERSON, NOON, "the library") == ""


REFUSED: list[tuple[str, datetime, str, str]] = [
    (Means.TEXT, NOON, "", "Not a way that is said to be safe. Safe ways: Call, See them in person."),
    (Means.CALL, NOON, "+44 1632 960118", "Never use: Landline, Letters, 01632 960 118, 4 Quay Street."),
    (Means.IN_PERSON, NOON, "4 quay street", "Never use:"),
    (Means.IN_PERSON, NOON, "Her flat", "Not a place that is said to be safe. Safe place: The library."),
    (Means.CALL, london(2, 14, 30), "", "Not at this time. Safe times: Monday to Friday, 09:30 to 14:30."),
    (Means.CALL, london(2, 9, 29), "", "Not at this time."),
    (Means.CALL, london(5, 12), "", "Not at this time."),  # a Saturday
]


@pytest.mark.parametrize(("means", "at", "to", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_anything_else_is_refused_with_the_sentence_that_says_why(
    planned: Case, means: str, at: datetime, to: str, sentence: str
) -> None:
    assert allowed(planned, means, at, to).startswith(sentence)


def test_a_never_use_of_the_means_beats_a_plan_that_once_allowed_it(planned: Case, ellen: User) -> None:
    set_ways(planned, ellen, means=["in_person"], never_means=["call"])
    assert allowed(planned, Means.CALL, timezone.now()).startswith("Never use: Calls")


def test_a_plan_that_ran_out_is_no_plan(planned: Case) -> None:
    SafeContact.objects.update(valid_until=date(2026, 9, 1))
    assert allowed(planned, Means.CALL, london(1, 12)) == ""
    assert "has run out" in allowed(planned, Means.CALL, NOON)


def test_no_safe_way_known_yet_forbids_every_way(hannahs_case: Case, ellen: User) -> None:
    engine.perform(
        hannahs_case, "safe-contact", by=ellen, evidence={"means": ["none"], "unknown_why": "He holds her phone."}
    )
    for means in Means.values:
        assert allowed(hannahs_case, means, timezone.now()).startswith("No safe way to make contact is known yet.")


def test_the_version_that_was_in_force_at_the_moment_is_asked(planned: Case, ellen: User) -> None:
    before = timezone.now() - timedelta(minutes=1)
    set_ways(planned, ellen, means=["email"], email="hannah@example.org", days=[], from_time="", to_time="")
    assert "Not a way" not in allowed(planned, Means.CALL, before)
    assert allowed(planned, Means.CALL, timezone.now()).startswith("Not a way")


# --- days and hours ---


def test_a_window_past_midnight_belongs_to_the_day_it_begins_on() -> None:
    friday_night = plan(days=["fri"], from_time=time(22), to_time=time(2))
    assert within_times(friday_night, london(4, 22))
    assert within_times(friday_night, london(5, 1, 59))  # Saturday, of Friday's window
    assert not within_times(friday_night, london(5, 2))
    assert not within_times(friday_night, london(4, 1))  # Friday, of Thursday's window
    assert not within_times(friday_night, london(5, 22))


def test_until_midnight_is_the_end_of_the_day() -> None:
    evening = plan(days=["mon"], from_time=time(18), to_time=time(0))
    assert within_times(evening, london(7, 23, 59))
    assert not within_times(evening, london(8, 0))


def test_hours_are_londons_in_summer_and_in_winter() -> None:
    morning = plan(from_time=time(9), to_time=time(10))
    assert within_times(morning, datetime(2026, 7, 1, 8, 30, tzinfo=UTC))
    assert not within_times(morning, datetime(2026, 7, 1, 9, 30, tzinfo=UTC))
    assert within_times(morning, datetime(2026, 12, 1, 9, 30, tzinfo=UTC))


def test_on_the_night_the_clocks_go_back_both_of_the_hours_count() -> None:
    night = plan(days=["sun"], from_time=time(1), to_time=time(2))
    assert within_times(night, datetime(2026, 10, 25, 0, 30, tzinfo=UTC))  # 01:30 the first time
    assert within_times(night, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))  # 01:30 the second time
    assert not within_times(night, datetime(2026, 10, 25, 2, 0, tzinfo=UTC))


def test_on_the_night_the_clocks_go_forward_the_hour_that_is_not_never_comes() -> None:
    night = plan(days=["sun"], from_time=time(1), to_time=time(2))
    moments = [datetime(2026, 3, 29, 0, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(180)]
    assert not any(within_times(night, moment) for moment in moments)


MINUTES = st.integers(0, 60 * 24 * 365 * 5).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@given(MINUTES, st.times(), st.times())
def test_a_window_and_the_one_from_its_end_to_its_begin_make_one_day(at: datetime, begins: time, ends: time) -> None:
    begins, ends = begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    if begins != ends:
        inside, outside = plan(from_time=begins, to_time=ends), plan(from_time=ends, to_time=begins)
        assert within_times(inside, at) != within_times(outside, at)


def test_no_days_and_no_hours_is_any_time() -> None:
    assert within_times(plan(), london(6, 3))
    assert within_times(plan(days=["sun"]), london(6, 3))
    assert not within_times(plan(days=["sun"]), london(7, 3))


def test_days_are_said_as_people_say_them() -> None:
    assert spoken_days(["mon", "tue", "wed", "thu", "fri"]) == "Monday to Friday"
    assert spoken_days(["sat", "sun"]) == "Saturday and Sunday"
    assert spoken_days(["tue", "mon", "fri"]) == "Monday, Tuesday, Friday"
    assert spoken_days(Weekday.values) == "Any day"


@pytest.mark.parametrize("written", ["07700900118", "+44 7700 900118", "0044 (0)7700 900 118", "+44 (0) 7700-900118"])
def test_a_number_is_one_number_however_it_is_written(written: str) -> None:
    assert plain_number(written) == "07700900118"
    assert plan(never_numbers="07700 900 118").forbids_number(written)
    assert plan(never_use="landline 07700 900118, letters").forbids_number(written)
