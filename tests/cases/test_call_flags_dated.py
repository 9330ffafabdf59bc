"""REPEAT and VULNERABLE are what was known at the call: days later a page says of which day, and nothing finds them anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Call, Case, Incident
from people.models import Person
from tests.cases.calls import called, closed, step
from tests.cases.recording import words
from tests.cast import client_of
from workflow.templatetags.words import day

pytestmark = pytest.mark.django_db
YEAR = 60 * 24 * 425  # minutes: fourteen months


@pytest.fixture
def flagged(rafi: User, hannah: Person, nr3: Unit) -> Call:
    """A call of this minute, flagged by hand: just after midnight too it is one of today."""
    call = called(rafi, nr3, harmed=str(hannah.pk), marked=["repeat"], marked_why="She told of two before.")
    return received(call, timezone.now())


def received(call: Call, at: datetime) -> Call:
    Call.objects.filter(pk=call.pk).update(received_at=at, arrived_at=None, dispatched_at=None)
    return Call.objects.get(pk=call.pk)


def long_ago(call: Call) -> Call:
    return received(call, timezone.now() - timedelta(minutes=YEAR))


@pytest.mark.parametrize("path", ["page", "board"])
def test_a_flag_of_today_stands_as_it_is_and_one_of_fourteen_months_ago_says_of_which_day(
    flagged: Call, priya: User, path: str
) -> None:
    browser = client_of(priya)
    url = flagged.get_absolute_url() if path == "page" else "/board/"
    page = words(browser.get(url))
    assert "REPEAT" in page and "As known" not in page
    old = long_ago(flagged)
    assert f"REPEAT As known on {day(old.received_at)}" in words(browser.get(url))
    assert str(old.received_at.year) in day(old.received_at)


def test_a_call_without_a_flag_says_nothing_of_one(rafi: User, nr3: Unit, priya: User) -> None:
    call = long_ago(called(rafi, nr3, telephone="01632 960777", postcode="", at_risk=""))
    assert "As known" not in words(client_of(priya).get(call.get_absolute_url()))


def test_flagging_a_closed_call_by_hand_leaves_what_was_found_while_it_was_open(
    hannahs_case: Case, hannahs_incident: Incident, hannah: Person, rafi: User, ellen: User, nr3: Unit
) -> None:
    call = closed(called(rafi, nr3, harmed=str(hannah.pk)), rafi)
    Call.objects.filter(pk=call.pk).update(derived=["vulnerable"], derived_why=["High grade in force"])
    now: Any = step(call, "mark", ellen, marked=["repeat"], marked_why="She told me of two before.")
    assert (now.derived, now.derived_why, now.marks) == (
        ["vulnerable"],
        ["High grade in force"],
        ["Repeat", "Vulnerable"],
    )
