"""Beside each filter of the team's queue stands how much of it there is: of what the person works, and no more statements."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.models import Case
from supervision.queues import groups
from tests.cast import client_of, shut_out
from tests.supervision.conftest import owe

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def counts(by: User, query: str = "") -> dict[str, int | None]:
    boxes = client_of(by).get(f"/team/{query}").context["boxes"]
    return {option.code: option.count for box in boxes for option in box.options if box.name in ("wanted", "decides")}


def test_each_filter_says_how_much_there_is_whatever_is_ticked(
    now: datetime, teams_case: Case, ellen: User, priya: User
) -> None:
    for policy in ("record-sent", "record-sent", "dash-checked"):
        owe(teams_case, now + HOUR, policy=policy)
    for query in ("", "?wanted=dash-checked"):
        found = counts(priya, query)
        assert (found["record-sent"], found["dash-checked"], found["no-arrest-checked"]) == (2, 1, 0)
        assert (found["holder"], found["sergeant"]) == (2, 1)
    assert "(2)</span>" in client_of(priya).get("/team/").content.decode()


def test_what_the_queue_has_nothing_of_stands_behind_what_it_has(now: datetime, teams_case: Case, priya: User) -> None:
    names = list(counts(priya))
    owe(teams_case, now + HOUR, policy="dash-checked")
    assert names[0] != "dash-checked" and next(iter(counts(priya))) == "dash-checked"
    assert set(counts(priya)) == set(names)


def test_the_counts_tell_nothing_of_a_case_that_somebody_may_not_see(
    now: datetime, teams_case: Case, priya: User, ikande: User
) -> None:
    owe(teams_case, now + HOUR)
    assert counts(ikande)["record-sent"] == 0
    shut_out(teams_case, priya, User.objects.system())
    assert counts(priya)["record-sent"] == 0


def test_of_a_queue_that_is_too_long_nothing_is_counted_and_it_costs_no_statement_more(
    now: datetime, teams_case: Case, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(priya)
    browser.get("/team/")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get("/team/?holder=me")
        return len(seen)

    few = statements()
    for _ in range(4):
        owe(teams_case, now + HOUR, policy="dash-checked")
    assert statements() <= few + 4, "what the rows themselves ask, once"
    monkeypatch.setattr(groups, "TALLIED", 3)
    assert counts(priya, "?holder=me")["dash-checked"] is None
