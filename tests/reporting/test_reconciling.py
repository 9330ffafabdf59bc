"""What the CPS and the courts count beside the course of our cases: ours, theirs, the difference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit, User
from cases.models import Case, CourseEvent, Incident
from reporting.outside.reconciling import Line, tables
from tests.cast import involve, take, text_of
from tests.reporting.outside import COURTS, confirmed, second

SignIn = Callable[[User | None], Client]
MARCH = date(2026, 3, 1)


def event(case: Case, kind: str, at: datetime, by: User, suspect: Any = None, **more: Any) -> CourseEvent:
    said = {"case": case, "kind": kind, "at": at, "suspect": suspect, "recorded_by": by, "state": "standing", **more}
    found: CourseEvent = CourseEvent.objects.create(**said)
    return found


@pytest.fixture
def daniel(hannahs_incident: Incident, ellen: User) -> Any:
    return involve(hannahs_incident, ellen, "suspect", "Daniel Reeve", relationship="XBG")


def of(figure: str, month: date, by: User, force: Unit) -> Line:
    found = {table.label: table for table in tables(by, MARCH, 12, force)}
    return next(line for line in found[figure].lines if line.month == month)


def test_ours_stands_beside_theirs_and_an_unknown_month_differs_from_nothing(
    hannahs_incident: Incident, daniel: Any, ellen: User, ari: User, force: Unit, sign_in: SignIn
) -> None:
    case = hannahs_incident.case
    event(case, "charge", datetime(2026, 3, 10, 12, tzinfo=UTC), ellen, daniel)
    event(case, "charge", datetime(2026, 3, 12, 12, tzinfo=UTC), ellen, daniel)  # the same person, once more
    event(case, "charge", datetime(2026, 3, 12, 12, tzinfo=UTC), ellen)  # nobody is named
    event(case, "charge", datetime(2026, 3, 31, 23, 30, tzinfo=UTC), ellen, daniel)  # half past midnight in April
    event(case, "no_action", datetime(2026, 5, 3, 12, tzinfo=UTC), ellen, daniel)
    confirmed("prosecution", COURTS, ari, second(force))
    assert of("Suspects charged", MARCH, ari, force) == Line(MARCH, 2, 120)
    april = of("Suspects charged", date(2026, 4, 1), ari, force)
    assert (april.ours, april.theirs, april.difference) == (1, None, None)
    (charged, *_others) = tables(ari, MARCH, 12, force)
    assert (charged.total.ours, charged.total.theirs, charged.total.difference) == (2, 120, -118)
    page = text_of(sign_in(ari).get("/outside/reconciled/"))
    assert "-118" in page and "not brought in" in page and "March 2026" in page


def test_what_is_struck_out_or_hidden_is_not_ours(
    hannahs_incident: Incident, daniel: Any, ellen: User, priya: User, ari: User, force: Unit
) -> None:
    at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    event(hannahs_incident.case, "charge", at, ellen, daniel, struck_out_at=at)
    assert of("Suspects charged", MARCH, ari, force).ours == 0
    event(hannahs_incident.case, "charge", at, ellen, daniel)
    assert of("Suspects charged", MARCH, ari, force).ours == 1
    take(hannahs_incident.case, "restrict", priya, reason="He is an officer of this force.")
    assert of("Suspects charged", MARCH, ari, force).ours == 0


def test_it_asks_five_questions_however_many_cases_there_are(
    hannahs_incident: Incident, daniel: Any, ellen: User, ari: User, force: Unit
) -> None:
    event(hannahs_incident.case, "charge", datetime(2026, 3, 10, 12, tzinfo=UTC), ellen, daniel)
    with CaptureQueriesContext(connection) as queries:
        tables(ari, MARCH, 12, force)
    assert len(queries) == 5


def test_a_year_that_is_not_offered_is_the_last_twelve_months(ari: User, sign_in: SignIn) -> None:
    browser = sign_in(ari)
    assert "From April 2026" in text_of(browser.get("/outside/reconciled/?year=2026"))
    assert text_of(browser.get("/outside/reconciled/?year=1066")).count("<strong aria-current") >= 1
