"""Figures from outside and extracts in a real browser: usable by everybody at every width."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import Unit, User
from cases.models import CourseEvent, Incident
from reporting import exports
from tests.cast import take
from tests.looks import usable
from tests.reporting.outside import COURTS, brought, confirmed, crimes, second
from tests.reporting.test_extract import made_for

pytestmark = pytest.mark.django_db(transaction=True)


def test_figures_from_outside_and_extracts_are_usable_by_everybody(
    browser: Browser, live_server: Any, ari: User, force: Unit, northgate: Unit, hannahs_incident: Incident, ellen: User
) -> None:
    mo, case = second(force), hannahs_incident.case
    at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    CourseEvent.objects.create(case=case, kind="charge", at=at, recorded_by=ellen, state="standing")
    confirmed("prosecution", COURTS, ari, mo)
    others = [
        ("M06", "2025-04", "12", "England and Wales", "41.5", "ONS, domestic abuse and the criminal justice system")
    ]
    confirmed("benchmark", others, ari, mo)
    confirmed("crime", [crimes("2026-03", "NG", 1204)], ari, mo)
    waiting = brought("crime", [crimes(f"2026-0{month}", "NG", 1200 + month) for month in range(1, 8)], mo)
    wrong = brought("crime", [crimes("2026-13", "NG", 1), crimes("2026-03", "Narnia", "=1+1")], ari)
    take(brought("crime", [crimes("2026-04", "NG", 3)], ari), "take-back", ari)
    export = made_for(ari)
    assert export.pk and exports.KINDS["extract"]
    paths = [
        "/outside/", "/outside/crime/new/", waiting.get_absolute_url(), wrong.get_absolute_url(), "/outside/benchmark/",
        "/outside/reconciled/?year=2026", "/outside/population/", f"/work/outside-import/{waiting.pk}/confirm/",
        "/extracts/", "/extracts/new/", "/extracts/dictionary/", f"/exports/{export.pk}/",
    ]  # fmt: skip
    usable(browser, live_server.url, ari, paths, "outside")
