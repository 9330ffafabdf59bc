"""The equality report in a real browser: nothing serious for axe, on a phone and on a desk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from accounts.models import User
from tests.browser import DESK, PHONE
from tests.doors.test_axe import faults_of, signed_in
from tests.reporting.test_equality import harm

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")  # a folder, for whoever wants to look at them


def test_the_equality_report_is_usable_by_everybody(browser: Browser, live_server: Any, ellen: User, ari: User) -> None:
    page = signed_in(browser, live_server.url, ari)
    wrong, axe = [], Axe()
    for number in (0, 1):
        answer = page.goto(live_server.url + "/equality/")
        assert answer is not None and answer.status == 200
        wrong += [(number, fault) for fault in faults_of(page, axe)]
        for size in (PHONE, DESK) if PICTURES else ():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=Path(PICTURES) / f"equality-{number}-{size['width']}.png", full_page=True)
        if not number:
            harm(ellen, 9, "told", ("disability", "money"), gender="F", disability="yes", ethnicity="A2")
            harm(ellen, 6, "declined", gender="F", disability="declined", ethnicity="W1", religion="muslim")
            harm(ellen, 7, "not_asked", gender="M", disability="not_asked", ethnicity="not_asked")
            harm(ellen, 2, "none", gender="X", ethnicity="B1")
    page.context.close()
    assert not wrong, "\n".join(map(str, wrong))
