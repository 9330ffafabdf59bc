"""Dates of a record, for whatever days are typed: it happened before it was reported, and ages are those of the day."""

from __future__ import annotations

from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from accounts.models import User
from cases.forms.incident import HowReported, WhatHappened
from cases.models import Incident, Involvement
from cases.models.definition import ADULT, Age
from people.models import Birth
from people.models.birth import age_on
from people.services import learn, still_true
from people.services.recording import affirm
from tests import factories
from tests.cast import involve
from workflow import engine
from workflow.clock import LONDON

MODEST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
REPORTED = datetime(2026, 3, 29, 3, 30, tzinfo=UTC)  # the night on which the clocks go forward
MINUTES = some.integers(-4 * 365 * 24 * 60, 60 * 24 * 60)
DAYS = some.dates(date(1905, 1, 1), date(2060, 12, 31))


def typed(name: str, moment: datetime) -> dict[str, str]:
    """The boxes of a moment as somebody types it on London's clock."""
    local = moment.astimezone(LONDON)
    return {
        f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


def refusals(form: Any, name: str) -> str:
    return " ".join(form.errors.get(name, []))


# --- happened, then reported ------------------------------------------------------------------------------------------


@pytest.mark.django_db  # the form asks the constraints of the table too
@MODEST
@given(MINUTES)
def test_it_happened_before_it_was_reported_or_the_page_says_so(minutes: int) -> None:
    happened = REPORTED + timedelta(minutes=minutes)
    form = WhatHappened(typed("occurred_from", happened), instance=Incident(reported_at=REPORTED, channel="999"))
    form.is_valid()
    sentence = refusals(form, "occurred_from")
    late = happened.replace(second=0) > REPORTED
    assert bool(sentence) is late, (happened, sentence)
    assert not late or "must be before the call" in sentence or "must be in the past" in sentence


@pytest.mark.django_db  # the form asks the constraints of the table too
@MODEST
@given(MINUTES)
def test_a_corrected_time_of_the_report_never_moves_before_what_it_reports(minutes: int) -> None:
    began = REPORTED - timedelta(days=2)
    moved = REPORTED + timedelta(minutes=minutes)
    record = Incident(reported_at=REPORTED, channel="999", occurred_from=began)
    form = HowReported({**typed("reported_at", moved), "channel": "999"}, instance=record)
    form.is_valid()
    assert bool(refusals(form, "reported_at")) is (moved < began)


@pytest.mark.django_db  # the form asks the constraints of the table too
@MODEST
@given(MINUTES, some.integers(-2000, 2000))
def test_it_ended_after_it_began(minutes: int, lasted: int) -> None:
    began = min(REPORTED + timedelta(minutes=minutes), REPORTED)
    ended = began + timedelta(minutes=lasted)
    said = typed("occurred_from", began) | typed("occurred_to", ended)
    form = WhatHappened(said, instance=Incident(reported_at=REPORTED, channel="999"))
    form.is_valid()
    assert ("must be after it happened" in refusals(form, "occurred_to")) is (ended < began)


def test_the_database_too_refuses_what_happened_after_its_report_or_ended_before_it_began(
    hannahs_incident: Incident,
) -> None:
    rows, reported = Incident.objects.filter(pk=hannahs_incident.pk), hannahs_incident.reported_at
    for wrong in (
        {"occurred_from": reported + timedelta(minutes=1)},
        {"occurred_from": reported, "occurred_to": reported - timedelta(minutes=1)},
    ):
        with transaction.atomic(), pytest.raises(IntegrityError):
            rows.update(**wrong)
    rows.update(occurred_from=reported, occurred_to=reported)


# --- ages over leap days ----------------------------------------------------------------------------------------------


@MODEST
@given(DAYS, DAYS)
def test_an_age_is_the_number_of_birthdays_that_have_been(born: date, day: date) -> None:
    born, day = min(born, day), max(born, day)
    birthdays = 0
    for year in range(born.year + 1, day.year + 1):
        leapling = (born.month, born.day) == (2, 29) and not isleap(year)
        birthdays += (date(year, 3, 1) if leapling else born.replace(year=year)) <= day
    assert age_on(born, day) == birthdays


@pytest.mark.django_db
@MODEST
@given(DAYS, DAYS)
@example(date(2008, 2, 29), date(2026, 2, 28))
@example(date(2008, 2, 29), date(2026, 3, 1))
def test_the_database_counts_the_years_of_an_age_as_the_pages_do(born: date, day: date) -> None:
    born, day = min(born, day), max(born, day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(year FROM age(%s::date, %s::date))", [day, born])
        assert cursor.fetchone() == (age_on(born, day),)


@pytest.mark.parametrize(("day", "child"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_a_child_born_on_29_february_is_a_child_until_1_march_of_the_eighteenth_year(
    day: date, child: bool, ellen: User
) -> None:
    incident = factories.begun(ellen)
    said = {"whereabouts": "saw", "child_of": "harmed", "born_on": date(2008, 2, 29)}
    row = involve(incident, ellen, "child", "Eli", **said)
    Incident.objects.filter(pk=incident.pk).update(reported_at=datetime.combine(day, time(12), LONDON))
    assert Involvement.objects.in_own_right().filter(pk=row.pk).exists() is child


@MODEST
@given(DAYS, some.integers(0, 100 * 365))
def test_nobody_grows_younger_nor_two_years_older_in_a_day(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    assert age_on(born, day + timedelta(days=1)) - age_on(born, day) in (0, 1)


@MODEST
@given(some.sampled_from([year for year in range(1908, 2024) if isleap(year)]), some.integers(1, 100))
def test_somebody_born_on_29_february_is_a_year_older_on_1_march_and_not_the_day_before(born: int, years: int) -> None:
    leapling, year = date(born, 2, 29), born + years
    assert age_on(leapling, date(year, 2, 28)) == years - 1
    assert age_on(leapling, date(year, 3, 1)) == years


@MODEST
@given(some.integers(0, 365 * 24 * 60))
def test_the_day_is_londons_also_in_the_hour_before_midnight_in_summer(minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    day = moment.astimezone(LONDON).date()
    born = Birth(born_on=day.replace(year=day.year - ADULT) if (day.month, day.day) != (2, 29) else day)
    assert born.age_at(moment) == age_on(born.born_on, day)
    assert Birth(born_on=date(2010, 7, 1)).age_at(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == ADULT


# --- births that are only about right -----------------------------------------------------------------------------------


@MODEST
@given(some.dates(date(1930, 1, 1), date(2020, 12, 31)), some.integers(0, 900), some.integers(-900, 900))
def test_an_age_as_it_was_said_is_at_most_one_year_out_on_any_other_day(born: date, said: int, later: int) -> None:
    heard = datetime(2024, 6, 1, 12, tzinfo=UTC) + timedelta(days=said)
    birth = Birth(age_said=age_on(born, heard.date()), recorded_at=heard)
    moment = heard + timedelta(days=later)
    if moment.date() > born:
        assert abs(birth.age_at(moment) - age_on(born, moment.date())) <= 1


@MODEST
@given(some.dates(date(2000, 1, 1), date(2016, 12, 31)), some.integers(0, 700))
def test_an_age_that_may_be_one_out_never_makes_a_child_an_adult_in_law_nor_an_adult_a_child(
    born: date, days: int
) -> None:
    """Sixteen is where the definition begins: where the year alone is known it says "not known" rather than wrongly."""
    heard = datetime(2024, 6, 1, 12, tzinfo=UTC) + timedelta(days=days)
    truly = age_on(born, heard.date()) >= ADULT
    for birth in (
        Birth(born_on=date(born.year, 1, 1), approximate=True),
        Birth(age_said=age_on(born, heard.date()), recorded_at=heard - timedelta(days=30)),
    ):
        assert Age(birth.age_at(heard), exact=False).adult in (truly, None)


@MODEST
@given(some.integers(0, 100), some.integers(0, 6 * 365))
def test_an_age_said_years_ago_and_still_true_today_makes_nobody_younger(said: int, days: int) -> None:
    heard = datetime(2020, 6, 1, 12, tzinfo=UTC)
    birth, now = Birth(age_said=said, recorded_at=heard), heard + timedelta(days=days)
    again = Birth(**{"age_said": said, **birth.said_again()}, recorded_at=now)
    assert (again.year, again.words) == (birth.year, birth.words)
    assert again.age_at(now) == birth.age_at(now)


def test_still_true_of_an_age_keeps_the_year_of_birth_that_the_page_showed(
    hannah: Any, hannahs_incident: Incident, ellen: User
) -> None:
    daniel = hannahs_incident.people("suspect").get().person
    Birth.objects.filter(person=daniel).delete()
    two_years_ago = timezone.now() - timedelta(days=731)
    learn(Birth(person=daniel, age_said=15), beneath=hannahs_incident, by=ellen)
    Birth.objects.filter(person=daniel).update(recorded_at=two_years_ago)
    again = factories.begun(ellen)
    engine.add(Involvement(incident=again, person=daniel, part="suspect"), beneath=again, by=ellen)
    [offered] = [known for known in still_true(daniel, ellen, case=again.case) if known.label == "Born"]
    fact = affirm(offered.fact, beneath=again, by=ellen)
    assert fact.words == offered.words == f"about {two_years_ago.year - 15}"
    assert fact.age_at(timezone.now()) == timezone.now().year - two_years_ago.year + 15
