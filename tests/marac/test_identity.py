"""Whose conference it is, at the head of its pages: in the names that the reader may know, to a partner names alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.panels.identity import identity_of, parties_of, victim_name_of
from marac.models import Forum, Referral, ReferredPerson
from safeguarding.models import Agency
from tests.cast import client_of, text_of
from tests.marac.made import forum_of, named, referral


@pytest.fixture
def forum(hal: User, housing: Agency) -> Forum:
    return forum_of(hal, housing)


@pytest.fixture
def one(forum: Forum, hal: User, housing: Agency) -> Referral:
    made = referral(forum, hal, children=("Mia Okoro",))
    ReferredPerson.objects.filter(referral=made, part="suspect").update(connection="Former partner")
    made.case.unit_grants.create(unit=housing.unit, from_at=timezone.now())
    return made


def test_the_bar_names_who_is_harmed_and_who_harms_with_what_the_forum_may_know(one: Referral, hal: User) -> None:
    said = dict(identity_of(one.case, hal, parties_of(one.case, hal)).parts)
    assert said["Person harmed"].startswith("Hannah Okoro ") and said["Suspect"] == "Daniel Reeve, Former partner"
    page = text_of(client_of(hal).get(one.case.get_absolute_url()))
    assert "Nobody named yet" not in page and "Hannah Okoro" in page
    assert "Nobody named yet" not in text_of(client_of(hal).get(one.get_absolute_url()))
    assert victim_name_of(one.case, hal) == "Hannah Okoro"


def test_to_a_partner_it_says_names_alone(one: Referral, cleo: User) -> None:
    said = dict(identity_of(one.case, cleo, parties_of(one.case, cleo)).parts)
    assert (said["Person harmed"], said["Suspect"]) == ("Hannah Okoro", "Daniel Reeve")
    assert "Nobody named yet" not in text_of(client_of(cleo).get(one.case.get_absolute_url()))


def test_to_whoever_may_not_open_the_conference_it_says_nobody(one: Referral, tess: User, stranger: User) -> None:
    for who in (tess, stranger):
        assert parties_of(one.case, who) == []
        assert client_of(who).get(one.case.get_absolute_url()).status_code == 404


def test_it_costs_the_same_for_three_people_and_for_nine(one: Referral, hal: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            parties_of(one.case, hal)
        return len(queries)

    before = asked()
    for number in range(6):
        child = named(one.case, hal, f"Child Number{number}")
        ReferredPerson.objects.create(
            case=one.case, referral=one, person=child, part="child", recorded_by=hal, recorded_at=timezone.now()
        )
    assert asked() == before <= 5
