"""Debian's Chromium for browser tests: on a phone (390 pixels wide) and on a desk (1280)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from config.local.system import chromium

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session. Without one the test is skipped with the reason; in CI it fails."""
    program = chromium()
    if program is None:
        reason = "There is no Chromium on this machine (apt-get install chromium)."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield launched
        launched.close()


def page_of(browser: Browser, size: dict[str, int]) -> Page:
    """A page in a context of its own: its own cookies, so its own person."""
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]}, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(15_000)
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page 390 pixels wide."""
    page = page_of(browser, PHONE)
    yield page
    page.context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page 1280 pixels wide."""
    page = page_of(browser, DESK)
    yield page
    page.context.close()
