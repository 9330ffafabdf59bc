"""The docs and the pages of other systems in a real browser, under the CSP as it is: nothing complains, nobody is kept out."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import SystemAccount, Token, User
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_complain_of_nothing_and_fit_a_phone(
    browser: Browser, live_server: Any, account: SystemAccount, token: Token, anna: User
) -> None:
    here = f"/systems/{account.pk}/"
    paths = [
        "/api/v1/docs/", "/api/v1/docs/?of=incident", "/systems/", here, f"{here}tokens/new/", f"{here}webhooks/new/",
        "/work/system-account/new/ask/",
    ]  # fmt: skip
    usable(browser, live_server.url, anna, paths, "api")
