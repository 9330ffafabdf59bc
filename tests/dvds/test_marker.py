"""Whoever looks up a subject sees whom to ask, and no more than their role needs; each look is written down (S3-201)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import ShutOut
from cases.services import restrict
from dvds.models import Application
from dvds.services.marker import marked
from people.models import Person
from people.panels import lines_for
from tests.cast import client_of, person, text_of
from tests.dvds.cast_of_disclosures import consideration

pytestmark = pytest.mark.django_db

S = Application.State
ASK = "Ask the disclosure unit before you act"


@pytest.fixture
def about_daniel(disclosure_unit: Unit, perry: User, daniel: Person) -> Application:
    """Told of once, and asked about again: Nora Quist asks."""
    consideration(disclosure_unit, perry, S.TOLD, subject=daniel, at_risk="Rosa Field", days_ago=90, route="know")
    return consideration(disclosure_unit, perry, S.CHECKS, subject=daniel, at_risk="Ada Lund", applicant="Nora Quist")


@pytest.fixture
def analyst_of_abuse(nr3: Unit) -> User:
    """The domestic abuse specialist of the team."""
    return person("DC", "3301", "Una Stroud", ("da_specialist", nr3))


def page(user: User, whom: Person) -> str:
    return text_of(client_of(user).get(f"/people/{whom.pk}/"))


@pytest.mark.requirement("S3-201")
def test_an_officer_learns_whom_to_ask_and_a_specialist_how_many_by_which_route_and_what_became_of_them(
    about_daniel: Application, daniel: Person, ellen: User, analyst_of_abuse: User
) -> None:
    said = page(ellen, daniel)
    assert ASK in said and "considerations about them" not in said
    more = page(analyst_of_abuse, daniel)
    assert "2 considerations about them" in more and "Right to know: Told" in more and "Right to ask: Going on" in more
    for words in ("Nora", "Quist", "Rosa", "Ada", about_daniel.case.reference):
        assert words not in said and words not in more


def test_the_look_is_written_down_in_each_case_that_it_tells_of(
    about_daniel: Application, daniel: Person, ellen: User
) -> None:
    page(ellen, daniel)
    looked = Access.objects.get(what=f"people.person:{daniel.pk}", by=ellen)
    assert about_daniel.case_id in looked.hits


def test_the_person_at_risk_and_the_applicant_carry_no_marker(
    disclosure_unit: Unit, perry: User, hannah: Person, ellen: User
) -> None:
    consideration(disclosure_unit, perry, S.CHECKS, at_risk=hannah, subject="Karl Field", applicant=hannah)
    assert ASK not in page(ellen, hannah)


def test_nothing_shows_of_a_restricted_case_nor_to_somebody_shut_out_nor_of_a_merged_one(
    disclosure_unit: Unit, perry: User, maya: User, daniel: Person, ellen: User
) -> None:
    one = consideration(disclosure_unit, perry, S.CHECKS, subject=daniel, at_risk="Ada Lund")
    out = {"reason": "Related to a party.", "recorded_by": maya, "recorded_at": timezone.now()}
    ShutOut.objects.create(case=one.case, person=ellen, **out)
    assert ASK not in page(ellen, daniel)
    ShutOut.objects.all().delete()
    assert ASK in page(ellen, daniel)
    restrict(case=one.case, by=maya)
    assert ASK not in page(ellen, daniel)
    two = consideration(disclosure_unit, perry, S.CHECKS, subject=daniel, at_risk="Ada Lund")
    Application.objects.filter(pk=two.pk).update(merged_into=one, state=S.MERGED)
    assert ASK not in page(ellen, daniel)


def test_who_has_no_business_with_investigations_sees_no_such_box(
    about_daniel: Application, daniel: Person, stranger: User
) -> None:
    assert client_of(stranger).get(f"/people/{daniel.pk}/").status_code == 404


def test_it_costs_the_same_for_one_consideration_and_for_many(
    disclosure_unit: Unit, perry: User, daniel: Person, ellen: User, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 6):
        for _ in range(number):
            consideration(disclosure_unit, perry, S.CHECKS, subject=daniel, at_risk="Ada Lund")
        with django_assert_max_num_queries(6) as asked:
            marked([daniel.pk], ellen, timezone.now())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_search_names_whom_to_ask_and_no_number(about_daniel: Application, daniel: Person, ellen: User) -> None:
    words = [line.words for line in lines_for([daniel.pk], ellen)[daniel.pk]]
    assert "Ask the disclosure unit" in words
