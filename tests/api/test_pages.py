"""The docs and the pages of other systems in a real browser, under the CSP as it is: nothing complains, nobody is kept out."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from accounts.models import SystemAccount, Token, User
from tests.doors.test_axe import faults_of, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_complain_of_nothing_and_fit_a_phone(
    browser: Browser, live_server: Any, account: SystemAccount, token: Token, anna: User
) -> None:
    page, complaints = signed_in(browser, live_server.url, anna), list[str]()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    here = f"/systems/{account.pk}/"
    for path in (
        "/api/v1/docs/", "/api/v1/docs/?of=incident", "/systems/", here, f"{here}tokens/new/", f"{here}webhooks/new/",
        "/work/system-account/new/ask/",
    ):  # fmt: skip
        answer = page.goto(live_server.url + path)
        assert answer is not None and answer.status == 200, (path, answer and answer.status)
        assert list(faults_of(page, Axe())) == [], path
    assert complaints == []
    page.context.close()
