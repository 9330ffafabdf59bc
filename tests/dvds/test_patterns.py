"""Several considerations together: a task for a person, never a decision (F, S762)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, Task
from dvds.models import Application, Party
from dvds.services.patterns import patterns_of, raise_patterns
from people.models import Birth, Person, PersonName
from tests.dvds.cast_of_disclosures import consideration

pytestmark = pytest.mark.django_db

S = Application.State


def codes(application: Application) -> set[str]:
    return {pattern.code for pattern in patterns_of(application, timezone.now())}


def who(application: Application, part: str) -> Person:
    person: Person = Party.objects.get(application=application, part=part).person
    return person


def test_two_about_one_subject_with_different_people_at_risk_are_serial(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, days_ago=300)
    two = consideration(disclosure_unit, perry, S.CHECKS, subject=who(one, "subject"), at_risk="Ada Lund", route="know")
    assert codes(two) == {"serial"} and codes(one) == {"serial"}


def test_two_for_the_same_pair_are_a_pattern_of_their_own(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CLOSED, days_ago=200)
    her = who(one, "at_risk")
    two = consideration(disclosure_unit, perry, S.CHECKS, subject=who(one, "subject"), at_risk=her)
    assert codes(two) == {"pair"}


def test_one_who_asks_about_several_and_several_who_ask_about_one_are_seen(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, applicant="Nora Quist")
    asks = consideration(
        disclosure_unit, perry, S.CHECKS, applicant=who(one, "applicant"), subject="Bo Lane", at_risk="Iris Lane"
    )
    assert codes(asks) == {"one_asks"}
    other = consideration(
        disclosure_unit, perry, S.CHECKS, applicant="Bill Trent", subject=who(one, "subject"), at_risk="Jo Penn"
    )
    assert codes(other) == {"serial", "many_ask"}


def test_a_subject_who_was_written_down_twice_is_found_by_name_and_birth(disclosure_unit: Unit, perry: User) -> None:
    consideration(disclosure_unit, perry, S.CHECKS, subject="Karl Field", days_ago=100)
    again = consideration(disclosure_unit, perry, S.CHECKS, subject="Carl Field", at_risk="Ada Lund")
    assert codes(again) == {"serial"}
    stranger = consideration(disclosure_unit, perry, S.CHECKS, subject="Dev Anand", at_risk="Jo Penn")
    assert codes(stranger) == set()


def test_a_subject_of_whom_no_birth_is_known_is_found_by_the_whole_name(disclosure_unit: Unit, perry: User) -> None:
    consideration(disclosure_unit, perry, S.CHECKS, days_ago=100)
    two = consideration(disclosure_unit, perry, S.CHECKS, at_risk="Ada Lund")
    Birth.objects.filter(person=who(two, "subject")).delete()
    assert codes(two) == {"serial"}


def test_what_is_older_than_the_months_in_force_is_no_pattern(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CLOSED, days_ago=800)
    two = consideration(disclosure_unit, perry, S.CHECKS, subject=who(one, "subject"), at_risk="Ada Lund")
    assert codes(two) == set()


def test_what_went_on_in_another_is_no_second_one(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS)
    her, him = who(one, "at_risk"), who(one, "subject")
    two = consideration(disclosure_unit, perry, S.CHECKS, subject=him, at_risk=her)
    Application.objects.filter(pk=two.pk).update(merged_into=one)
    assert codes(one) == set()


def test_an_incident_between_the_two_near_the_request_is_seen(
    disclosure_unit: Unit, perry: User, hannah: Person, daniel: Person, hannahs_incident: Incident
) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, at_risk=hannah, subject=daniel, days_ago=3)
    assert codes(one) == {"incident"}
    Incident.objects.filter(pk=hannahs_incident.pk).update(reported_at=timezone.now() - timedelta(days=30))
    assert codes(one) == set()


def test_a_pattern_is_one_task_that_names_nobody(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, applicant="Nora Quist", days_ago=30)
    two = consideration(
        disclosure_unit, perry, S.CHECKS, subject=who(one, "subject"), at_risk="Ada Lund", applicant="Bo"
    )
    raise_patterns(two, timezone.now())
    raise_patterns(two, timezone.now())
    task = Task.objects.get(case=two.case, kind="pattern")
    assert task.owed_by == "disclosure_supervisor" and "different people at risk" in task.why
    assert not [name for name in ("Nora", "Quist", "Field", "Ada", "Bo ") if name in task.why]
    assert Case.objects.get(pk=one.case_id).reference not in task.why


def test_names_alone_of_people_with_different_births_are_two_people(disclosure_unit: Unit, perry: User) -> None:
    consideration(disclosure_unit, perry, S.CHECKS, days_ago=100)
    two = consideration(disclosure_unit, perry, S.CHECKS, at_risk="Ada Lund")
    Birth.objects.filter(person=who(two, "subject")).update(born_on=date(1951, 7, 19))
    assert codes(two) == set()


def test_an_alias_is_a_name_too(disclosure_unit: Unit, perry: User) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, days_ago=100)
    him: Any = who(one, "subject")
    when = {"case": one.case, "person": him, "recorded_by": perry, "recorded_at": timezone.now()}
    PersonName.objects.create(forename="Kay", surname="Stone", kind=PersonName.Kind.ALIAS, **when)
    two = consideration(disclosure_unit, perry, S.CHECKS, subject="Kay Stone", at_risk="Ada Lund")
    assert codes(two) == {"serial"}
