"""Held by nobody: what a leaver held is in the list of the team until somebody is given it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Unit, User
from cases.models import Case
from cases.services import hold
from tests.cast import client_of
from tests.supervision.conftest import NOW

pytestmark = pytest.mark.django_db
URL = "/team/held-by-nobody/"
THIS_MORNING = NOW - timedelta(hours=5)


@pytest.fixture
def teams_case(nr3: Unit, ellen: User) -> Case:
    """Opened this morning and held by Ellen."""
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, THIS_MORNING)
    hold(case=case, part="investigation", person=ellen, at=THIS_MORNING)
    return case


@pytest.fixture
def sergeant(priya: User) -> Client:
    return client_of(priya)


def test_a_case_is_listed_once_nobody_holds_it_and_until_somebody_does(
    teams_case: Case, sergeant: Client, tom: User
) -> None:
    assert teams_case.reference not in sergeant.get(URL).content.decode()
    teams_case.holdings.update(to_at=NOW)
    page = sergeant.get(URL).content.decode()
    assert teams_case.reference in page and f"/work/case/{teams_case.pk}/hold/" in page
    hold(case=teams_case, part="investigation", person=tom, at=NOW)
    assert "Somebody holds every open case of your team" in sergeant.get(URL).content.decode()


def test_one_held_by_somebody_whose_account_is_shut_is_listed(teams_case: Case, sergeant: Client, ellen: User) -> None:
    User.objects.filter(pk=ellen.pk).update(is_active=False)
    assert teams_case.reference in sergeant.get(URL).content.decode()


def test_the_list_is_of_the_team_alone_and_for_whoever_looks_after_one(
    teams_case: Case, ikande: User, ellen: User
) -> None:
    teams_case.holdings.update(to_at=NOW)
    assert teams_case.reference not in client_of(ikande).get(URL).content.decode()
    assert client_of(ellen).get(URL).status_code == 403


def test_a_closed_case_needs_no_holder(teams_case: Case, sergeant: Client) -> None:
    teams_case.holdings.update(to_at=NOW)
    Case.objects.filter(pk=teams_case.pk).update(state="closed")
    assert teams_case.reference not in sergeant.get(URL).content.decode()


def test_it_is_paged_without_a_gap(nr3: Unit, sergeant: Client) -> None:
    made = [Case.begin(Case.Kind.INVESTIGATION, nr3, THIS_MORNING).reference for _ in range(27)]
    first = sergeant.get(URL).content.decode()
    more = re.search(r'href="(\?after=\d+)" rel="next"', first)
    assert more is not None
    second = sergeant.get(URL + more[1]).content.decode()
    seen = re.findall(r"app-queue__reference[^>]*>([^<]+)<", first + second)
    assert seen == made
    assert sergeant.get(URL + "?after=%00").status_code == 200


def test_the_teams_queue_leads_there(sergeant: Client) -> None:
    assert URL in sergeant.get("/team/").content.decode()
