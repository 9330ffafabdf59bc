"""People are added to an incident by the API as on the page: looked for first, and recorded anew only after that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident, Involvement
from people.models import Person
from people.services.shown import unseen
from tests import factories
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
AsPerson = Callable[[User], Caller]
HANNAH = {"forename": "Hanna", "surname": "Okoro"}


@pytest.fixture
def another(hannah: Person, ellen: User) -> Incident:
    """A second incident, recorded by Ellen a week after Hannah was named in the first."""
    incident = factories.begun(ellen)
    return incident


def url(incident: Incident, part: str = "victim") -> str:
    return f"/api/v1/incident/{incident.pk}/rows/{part}/"


def test_somebody_near_is_shown_before_anybody_is_made(another: Incident, hannah: Person, ellens: Caller) -> None:
    people = Person.objects.count()
    answer = ellens.post(url(another), HANNAH)
    assert answer.status_code == 409 and answer["Content-Type"].startswith("application/problem+json")
    told = answer.json()
    assert told["type"].endswith("#look-first")
    assert [near["person"] for near in told["near"]] == [hannah.pk] and told["near"][0]["why"]
    assert Person.objects.count() == people and not another.involvements.exists()
    search = Access.objects.filter(kind=Access.Kind.SEARCH, what="people.person").latest("pk")
    assert search.hits == [hannah.pk]


def test_whoever_was_shown_them_chooses_one_or_records_somebody_new(
    another: Incident, hannah: Person, ellens: Caller
) -> None:
    ellens.post(url(another), HANNAH)
    chosen = ellens.post(url(another), {**HANNAH, "person": hannah.pk})
    assert chosen.status_code == 201 and another.people("victim").get().person == hannah
    assert ellens.post(url(another), {**HANNAH, "person": hannah.pk}).status_code == 422
    witness = ellens.post(url(another, "witness"), HANNAH)
    assert witness.status_code == 201
    assert another.people("witness").get().person != hannah


def test_the_same_request_sent_again_gets_its_answer_and_no_second_person(another: Incident, ellens: Caller) -> None:
    said = {"forename": "Zebedee", "surname": "Quill"}
    first = ellens.post(url(another, "witness"), said, key="one-and-only-key")
    again = ellens.post(url(another, "witness"), said, key="one-and-only-key")
    assert (first.status_code, again.status_code) == (201, 201) and first.json() == again.json()
    assert another.people("witness").count() == 1


def test_a_search_of_an_hour_ago_or_of_somebody_else_is_none(
    another: Incident, hannah: Person, ellens: Caller, tom: User, as_person: AsPerson
) -> None:
    as_person(tom).client.post("/search/", {"q": "Hannah Okoro"})
    assert ellens.post(url(another), HANNAH).status_code == 409
    later = timezone.now() + timedelta(minutes=31)
    near = unseen(user=User.objects.get(username="2877"), at=later, forename="Hanna", surname="Okoro", born_on=None)
    assert [match.person_id for match in near] == [hannah.pk]


def test_a_search_on_the_page_counts(another: Incident, hannah: Person, ellen: User, ellens: Caller) -> None:
    ellens.client.post("/search/", {"q": "Hanna Okoro"})
    assert ellens.post(url(another), HANNAH).status_code == 201


def test_nobody_hidden_is_named_and_nobody_near_is_no_obstacle(
    hannahs_case: Case, hannah: Person, victor: User, as_person: AsPerson
) -> None:
    """Victor is shut out of Hannah's case: for him she is not there, and nothing tells that she is."""
    incident = factories.begun(victor)
    answer = as_person(victor).post(url(incident), {"forename": "Hannah", "surname": "Okoro"})
    assert answer.status_code == 201
    assert as_person(victor).post(url(incident, "witness"), {"surname": "X", "person": hannah.pk}).status_code == 404


@pytest.mark.parametrize(
    "said",
    [{}, {"forename": "\u0000"}, {"forename": "A", "state": "x"}, {"person": "x"}, {"person": 0, "surname": "B"}],
)
def test_what_cannot_be_read_is_refused_in_words(said: dict[str, Any], another: Incident, ellens: Caller) -> None:
    answer = ellens.post(url(another, "witness"), said)
    assert answer.status_code == 422 and answer.json()["errors"]
    assert not Involvement.objects.filter(incident=another).exists()
