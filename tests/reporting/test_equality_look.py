"""The equality report in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from tests.looks import usable
from tests.reporting.test_equality import harm

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_equality_report_is_usable_by_everybody(browser: Browser, live_server: Any, ellen: User, ari: User) -> None:
    usable(browser, live_server.url, ari, ["/equality/"], "equality-of-nobody")
    harm(ellen, 9, "told", ("disability", "money"), gender="F", disability="yes", ethnicity="A2")
    harm(ellen, 6, "declined", gender="F", disability="declined", ethnicity="W1", religion="muslim")
    harm(ellen, 7, "not_asked", gender="M", disability="not_asked", ethnicity="not_asked")
    harm(ellen, 2, "none", gender="X", ethnicity="B1")
    usable(browser, live_server.url, ari, ["/equality/"], "equality")
