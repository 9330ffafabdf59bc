"""The calendar: the shipped rows, what they agree with, and what happens where there are none."""

from datetime import date
from typing import Any

import holidays as library
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from tests.clocks.calendars import day, london
from workflow.clock import (
    Calendar,
    Length,
    Rule,
    UnknownYear,
    days,
    due,
    hours,
    months_beginning,
    statutory_hours,
    working_days,
)
from workflow.models import Holiday
from workflow.models.holiday import Division, load_shipped_holidays, shipped_holidays

YEARS = range(2023, 2029)


@pytest.mark.parametrize("year", YEARS)
def test_the_shipped_rows_are_the_days_that_the_library_expects(year: int, calendar: Calendar) -> None:
    expected = {on for on in library.country_holidays("GB", subdiv="ENG", years=year) if on.weekday() < 5}
    assert {on for on in calendar.holidays if on.year == year} == expected


def test_england_has_the_holidays_of_wales() -> None:
    lists = [set(library.country_holidays("GB", subdiv=part, years=YEARS)) for part in ("ENG", "WLS")]
    assert lists[0] == lists[1]


@pytest.mark.parametrize("on", ["2026-01-02", "2026-06-15", "2026-08-03", "2026-11-30"])
def test_a_day_that_only_scotland_keeps_is_a_working_day_here(on: str, calendar: Calendar) -> None:
    assert calendar.outside_working_days(day(on)) == ""


def test_christmas_day_is_skipped_by_statutory_hours_when_the_bank_holiday_is_another_day(calendar: Calendar) -> None:
    assert calendar.holiday(date(2027, 12, 25)) == ""
    assert calendar.outside_statutory_hours(date(2027, 12, 25)) == "Christmas Day"


@pytest.mark.parametrize(
    ("start", "length"), [("2028-12-29T10:00", working_days(1)), ("2028-12-30T10:00", statutory_hours(24))]
)
def test_a_year_without_rows_is_refused(start: str, length: object, calendar: Calendar) -> None:
    with pytest.raises(UnknownYear, match="The bank holidays of 2029 have not been loaded"):
        due(london(start), length, calendar)  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [hours(24), days(28), months_beginning(12)])
def test_rules_that_skip_nothing_need_no_rows(length: object) -> None:
    assert due(london("2031-01-01T10:00"), length, Calendar({}, frozenset()))  # type: ignore[arg-type]


def test_a_start_without_a_zone_is_refused(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="aware"):
        due(london("2026-01-01").replace(tzinfo=None), hours(1), calendar)


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    Holiday.objects.all().delete()
    first, second = load_shipped_holidays(Holiday), load_shipped_holidays(Holiday)
    assert (first.added, second.added, second.changed) == (len(shipped_holidays()), 0, 0)


@pytest.mark.django_db
def test_loading_brings_a_changed_name_up_to_the_file_and_keeps_what_was_added() -> None:
    load_shipped_holidays(Holiday)
    Holiday.objects.filter(on="2026-08-31").update(name="Something else")
    Holiday.objects.create(division=Division.ENGLAND_AND_WALES, on="2026-06-19", name="One-off", source="Proclamation")
    assert load_shipped_holidays(Holiday).changed == 1
    assert Holiday.objects.get(on="2026-08-31").name == "Summer bank holiday"
    assert Holiday.objects.filter(on="2026-06-19").exists()


@pytest.mark.django_db
def test_the_command_loads_the_shipped_rows(capsys: pytest.CaptureFixture[str]) -> None:
    Holiday.objects.all().delete()
    call_command("load_holidays")
    assert capsys.readouterr().out == "49 bank holidays: 49 added, 0 changed.\n"


@pytest.mark.django_db
def test_the_command_proposes_a_year_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = Holiday.objects.count()
    call_command("load_holidays", "--propose", "2029")
    said = capsys.readouterr()
    assert "england-and-wales,2029-12-25,Christmas Day,proposed by the holidays library" in said.out
    assert "Check each row" in said.err
    assert Holiday.objects.count() == before


@pytest.mark.django_db
def test_the_calendar_is_one_query_and_knows_its_own_division_only(django_assert_num_queries: object) -> None:
    load_shipped_holidays(Holiday)
    Holiday.objects.create(division=Division.SCOTLAND, on="2026-06-15", name="World Cup day", source="gov.uk")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = Holiday.objects.calendar()
    assert found.holiday(date(2026, 6, 15)) == ""
    assert found.holiday(date(2026, 8, 31)) == "Summer bank holiday"
    assert found.years == frozenset(YEARS)


@pytest.mark.django_db
@pytest.mark.parametrize("rule", Rule)
def test_bank_holidays_are_asked_for_by_the_rules_that_look_at_them_and_by_no_other(
    rule: Rule, django_assert_num_queries: Any
) -> None:
    load_shipped_holidays(Holiday)
    length, nothing_known, start = Length(rule, 3), Calendar({}, frozenset()), london("2026-08-28 10:00")
    with django_assert_num_queries(1 if rule.asks_calendar else 0):
        known = Holiday.objects.calendar_for(length)
    assert due(start, length, known) == due(start, length, Holiday.objects.calendar())
    if rule.asks_calendar:
        with pytest.raises(UnknownYear):
            due(start, length, nothing_known)


@pytest.mark.django_db
def test_a_single_day_proclaimed_early_does_not_make_its_year_known() -> None:
    Holiday.objects.create(division=Division.ENGLAND_AND_WALES, on="2029-06-04", name="Jubilee", source="Proclamation")
    with pytest.raises(UnknownYear):
        Holiday.objects.calendar().holiday(date(2029, 6, 5))


@pytest.mark.django_db
def test_a_day_is_a_holiday_once_in_a_division_that_exists() -> None:
    load_shipped_holidays(Holiday)
    for division, on in (("england-and-wales", "2026-08-31"), ("atlantis", "2026-08-31")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Holiday.objects.create(division=division, on=on, name="Again", source="Nowhere")
