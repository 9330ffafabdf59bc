"""The answers and the scorecard of data quality in a real browser: usable by everybody at every width."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from cases.models import Incident
from tests.looks import usable
from tests.reporting.test_equality import harm

pytestmark = pytest.mark.django_db(transaction=True)


def test_answers_and_data_quality_are_usable_by_everybody(
    browser: Browser, live_server: Any, hannahs_incident: Incident, ellen: User, ari: User
) -> None:
    harm(ellen, 2, gender="F", ethnicity="A2")
    paths = [
        "/figures/answers/", "/figures/answers/d1/", "/figures/answers/d1/outside/", "/figures/answers/d3/",
        "/figures/answers/d7/", "/figures/answers/p3/", "/figures/answers/p7/", "/figures/answers/p13/",
        "/figures/answers/q2/", "/figures/quality/", "/figures/quality/no-dash/", "/figures/quality/no-dash/cases/",
    ]  # fmt: skip
    usable(browser, live_server.url, ari, paths, "answers")


def test_a_sergeants_answers_are_usable(
    browser: Browser, live_server: Any, hannahs_incident: Incident, priya: User
) -> None:
    usable(browser, live_server.url, priya, ["/figures/answers/d9/", "/figures/quality/"], "answers-of-a-team")
