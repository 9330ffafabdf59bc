"""Trends of quality checks: by team, month and officer, small numbers kept back, names for their own supervisors alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from reporting.checks.trends import Trends, trends
from risk.models import Assessment, RiskDecision
from risk.quality import DASH
from tests import factories
from tests.cast import client_of, person, text_of
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana_specialist(northgate: Any) -> User:
    """The domestic abuse coordinator of the division: supervises nobody."""
    return person("DA coordinator", "8410", "Dee Marlow", ("da_coordinator", northgate))


def dash_of(by: User) -> Assessment:
    incident = factories.peopled(factories.begun(by), by)
    return factories.assessed(incident, by)


def checked(by: User, priya: User, advised: int = 0) -> Assessment:
    """A DASH of somebody, checked: so many of its rows advised, the rest passed."""
    dash = dash_of(by)
    said: dict[str, Any] = {look.code: "pass" for look in DASH}
    for look in DASH[:advised]:
        said |= {look.code: "advise", f"{look.code}_words": "Say more of it."}
    engine.perform(dash, "check", by=priya, evidence=said, seen=dash.version)
    return dash


def found(user: User) -> Trends:
    return trends(user, timezone.now() - timedelta(days=182))


@pytest.mark.requirement("S2-002")
def test_the_scores_of_a_team_and_of_its_officers_are_followed_month_by_month(
    ellen: User, tom: User, priya: User
) -> None:
    for _ in range(5):
        checked(ellen, priya)
    for _ in range(5):
        checked(tom, priya, advised=5)
    told = found(priya)
    assert (told.checks, told.score) == (10, 75)
    assert [(line.label, line.checks.count, line.score) for line in told.teams] == [("Northgate Response 3", 10, 75)]
    assert [(line.checks.count, line.score) for line in told.months] == [(10, 75)]
    assert told.officers is not None
    names = [(line.label, line.checks.count, line.score) for line in told.officers]
    assert names == [("PC 2208 Ashdown", 5, 50), ("PC 2877 Marsh", 5, 100)], "in the order of the alphabet"
    page = text_of(client_of(priya).get("/quality-checks/"))
    assert "75%" in page and "PC 2877 Marsh" in page


def test_few_are_kept_back(ellen: User, tom: User, priya: User) -> None:
    for _ in range(6):
        checked(ellen, priya)
    checked(tom, priya, advised=9)
    told = found(priya)
    assert told.officers is not None and [line.score for line in told.officers] == [None, None], (
        "nor found by taking away"
    )
    assert told.score is not None
    assert [(line.checks.few, line.checks.count) for line in told.officers] == [(True, None), (False, None)]


def test_nobody_but_their_own_supervisors_reads_names(
    ellen: User, priya: User, ikande: User, dana_specialist: User, ruth: User
) -> None:
    for _ in range(5):
        checked(ellen, priya)
    for who, reads in ((priya, True), (ruth, True), (ikande, False), (dana_specialist, False)):
        page = client_of(who).get("/quality-checks/")
        assert page.status_code == 200
        assert ("PC 2877 Marsh" in text_of(page)) is reads, who
    assert found(dana_specialist).officers is None
    assert client_of(ellen).get("/quality-checks/").status_code == 403


def as_specialist(dash: Assessment, by: User, grade: str) -> None:
    """A row of the ledger as a specialist's assessment leaves it."""
    first = dash.decisions.get()
    now = timezone.now()
    RiskDecision.objects.create(
        case=dash.case, assessment=dash, recorded_by=by, recorded_at=now, decided_by=by, at=now, role="da_specialist",
        kind=RiskDecision.Kind.REVIEW, from_grade=first.to_grade, to_grade=grade, rationale="Seen and spoken to.",
        floor=first.floor, policy_version=first.policy_version,
    )  # fmt: skip


def test_how_often_responder_and_specialist_disagree_is_said_from_the_ledger(
    ellen: User, priya: User, dana_specialist: User
) -> None:
    for place in range(5):
        as_specialist(dash_of(ellen), dana_specialist, "high" if place < 2 else "medium")
    dash_of(ellen)  # which no specialist has looked at
    share = found(priya).differing
    assert (share.some, share.every, share.percent) == (2, 5, 40)


def test_how_many_decisions_had_a_check(ellen: User, priya: User) -> None:
    for place in range(5):
        incident = factories.checked(ellen, priya)
        if place < 3:
            dash = incident.assessments.get()
            engine.perform(dash, "check", by=priya, evidence={"own": "pass"}, seen=dash.version)
    share = found(priya).checked
    assert (share.some, share.every, share.percent) == (3, 5, 60)


def test_the_page_asks_the_same_of_one_check_and_of_ten(ellen: User, priya: User) -> None:
    browser = client_of(priya)

    def asked() -> int:
        browser.get("/quality-checks/")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/quality-checks/").status_code == 200
        return len(seen)

    def more(count: int) -> Callable[[], None] | None:
        for _ in range(count):
            checked(ellen, priya)
        return None

    more(1)
    few = asked()
    more(9)
    assert asked() == few
