"""What must be known of a case that may not be opened, and the one read past the rule."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Access
from cases.models import Case
from cases.services import hear_search, restrict
from cases.visibility import markers_for
from people.kinds import Asked
from people.models import Person
from tests import cast
from workflow import engine

MILL_LANE = "NR3 4QX"


@pytest.fixture
def secret(hannahs_case: Case, hannah: Person, ellen: User, priya: User) -> Case:
    """Hannah's case, with a warning, restricted to Priya and Ellen."""
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Knife kept by the front door."})
    restrict(case=hannahs_case, by=priya)
    return hannahs_case


def searched(by: User, typed: str, where: str = "") -> None:
    """As every search is heard, whatever it shows."""
    hear_search(by, Asked(typed, where=where))


def said(user: User, hannah: Person, *addresses: str) -> set[tuple[str, Any, str]]:
    return {(row.about, row.key, row.sentence) for row in markers_for(user, [hannah.pk], addresses)}


def test_a_responder_learns_that_it_is_restricted_and_what_is_dangerous_and_no_more(
    secret: Case, hannah: Person, sam: User
) -> None:
    assert said(sam, hannah, "nr34qx") == {
        ("person", hannah.pk, "Restricted: ask professional standards."),
        ("address", "NR34QX", "Restricted: ask professional standards."),
        ("person", hannah.pk, "Safety warning: Knife kept by the front door."),
        ("address", "NR34QX", "Safety warning: Knife kept by the front door."),
    }


def test_nothing_is_said_of_people_and_addresses_that_were_not_asked_about(secret: Case, sam: User) -> None:
    assert markers_for(sam, [], []) == []
    assert markers_for(sam, [10**9], ["NR9 9ZZ", "", "x"]) == []


@pytest.mark.parametrize("who", ["ellen", "priya"])
def test_who_may_open_the_case_needs_no_marker(secret: Case, hannah: Person, request: Any, who: str) -> None:
    assert said(request.getfixturevalue(who), hannah, MILL_LANE) == set()


@pytest.mark.parametrize("who", ["victor", "stranger", "ari"])
def test_the_shut_out_and_those_who_go_to_no_door_are_told_nothing(
    secret: Case, hannah: Person, request: Any, who: str
) -> None:
    assert said(request.getfixturevalue(who), hannah, MILL_LANE) == set()


def test_a_case_that_may_be_opened_for_a_reason_needs_no_marker(hannahs_case: Case, hannah: Person, sam: User) -> None:
    assert said(sam, hannah, MILL_LANE) == set()


def test_a_search_that_would_have_hit_a_hidden_case_is_written_down_and_tells_nobody(
    secret: Case, sam: User, tom: User
) -> None:
    searched(sam, "hannah  OKORO")
    kept = Access.objects.get(kind=Access.Kind.SEARCH)
    assert (kept.by, kept.chain, kept.hits, kept.terms) == (sam, secret.pk, [secret.pk], "hannah  OKORO")


@pytest.mark.parametrize("terms", ["Hannah", "da-", "okoro Hannah"])
def test_it_hears_names_in_any_order_and_a_reference(secret: Case, sam: User, terms: str) -> None:
    searched(sam, terms if terms != "da-" else f" {secret.reference.lower()} ")
    assert Access.objects.filter(kind=Access.Kind.SEARCH, chain=secret.pk).count() == 1


@pytest.mark.parametrize("terms", ["", "   ", "'; --", "%", "Hannah Smith", "\x00", "x" * 5000])
def test_what_hits_nothing_leaves_nothing(secret: Case, sam: User, terms: str) -> None:
    searched(sam, terms)
    assert not Access.objects.filter(kind=Access.Kind.SEARCH).exists()


def test_the_suspect_who_looks_himself_up_is_heard(hannahs_case: Case, hannah: Person, victor: User) -> None:
    searched(victor, "Daniel Reeve")
    assert Access.objects.get(kind=Access.Kind.SEARCH).chain == hannahs_case.pk


def test_who_may_see_the_case_trips_nothing(secret: Case, priya: User) -> None:
    searched(priya, "Hannah Okoro")
    assert not Access.objects.filter(kind=Access.Kind.SEARCH).exists()


def test_it_costs_two_queries_however_many_are_hit(secret: Case, ellen: User, priya: User, sam: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            searched(sam, "Hannah Okoro")
        return len(asked)

    few = cost()
    for _ in range(5):
        incident = engine.perform(
            cast.Incident(), "begin", by=ellen, evidence={"reported_at": "2026-08-29T00:41+01:00", "channel": "999"}
        )
        cast.involve(incident, ellen, "victim", "Hannah Okoro")
        restrict(case=incident.case, by=priya)
    assert (few, cost()) == (2, 2)
