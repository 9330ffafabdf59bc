"""Signing in with both factors on a telephone, in a real browser, as far as the force's own sign-in and back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.accounts.conftest import PASSWORD, code_now
from tests.accounts.provider import Provider

pytestmark = [pytest.mark.django_db(transaction=True)]


def serious(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}]


def typed(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=login]", "2877")
    page.fill("[name=password]", PASSWORD)
    page.locator("form[data-sign-in] button").click()


def test_a_second_factor_is_set_up_and_used_on_a_telephone(
    phone: Page, live_server: Any, knows: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    wrong: list[str] = []
    phone.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    typed(phone, live_server.url)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Add an authenticator")
    assert phone.locator("main img").evaluate("image => image.complete && image.naturalWidth > 0"), "no square"
    assert not serious(phone)
    secret = phone.locator("[data-secret]").inner_text()
    phone.fill("[name=code]", code_now(secret))
    phone.get_by_role("button", name="Add it").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    codes = re.findall(r"\d{8}", phone.locator("[data-codes]").inner_text())
    assert len(codes) == 10 and not serious(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    phone.context.clear_cookies()
    typed(phone, live_server.url)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Enter your code")
    assert not serious(phone)
    phone.fill("[name=code]", codes[0])  # the code of the square was used this half minute, and works once
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text("Enter your code")
    phone.goto(f"{live_server.url}/sessions/")
    expect(phone.get_by_text("This one")).to_be_visible()
    assert not serious(phone) and not wrong, wrong


def test_the_button_leads_to_the_forces_sign_in_and_back_under_the_strict_policy(
    phone: Page, live_server: Any, ellen: User, provider: Provider
) -> None:
    """Chromium holds the redirects that follow a form to `form-action`: the way out must not be one."""
    wrong: list[str] = []
    phone.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    phone.goto(f"{live_server.url}/sign-in/")
    phone.locator("form[data-provider] button").click()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text("Sign in")
    phone.wait_for_url(f"{live_server.url}/")
    assert provider.asked["client_id"] == "cases" and not wrong, wrong
