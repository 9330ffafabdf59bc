"""Pages looked at in a real browser: nothing serious for axe on a phone and on a desk, and no sideways scroll at 320 pixels."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests.browser import DESK, PHONE, page_of
from tests.cast import client_of

NARROW = {"width": 320, "height": 640}
SERIOUS = {"serious", "critical"}
ONLY = {"resultTypes": ["violations"]}
PICTURES = os.environ.get("PICTURES", "")  # a folder, for whoever wants to look at them
WIDEST = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && getComputedStyle(e).position !== 'absolute').slice(-2).map(e => e.tagName + '.' + e.className)"""


def enter(page: Page, person: User, address: str) -> None:
    """The person has signed in on this page, without the minutes of typing passwords."""
    key = client_of(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(key), "url": address}])


def signed_in(browser: Browser, address: str, person: User | None) -> Page:
    """A page of their own in which the person has signed in, or nobody."""
    page = page_of(browser, PHONE)
    if person is not None:
        enter(page, person, address)
    return page


def complaints_of(page: Page) -> list[str]:
    """A list that fills with what the page says of its own faults in the console."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    return complaints


def faults_of(page: Page, axe: Axe) -> Iterator[str]:
    """What is wrong with the page as it stands, at three widths; it is not loaded again."""
    title, headings = page.title(), page.locator("h1").count()
    if not title.strip() or headings != 1:
        yield f"title {title!r}, {headings} h1"
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found: dict[str, Any] = axe.run(page, options=ONLY).response
        for fault in found["violations"]:
            if fault["impact"] in SERIOUS:
                yield f"{size['width']}: {fault['id']}: {[node['target'] for node in fault['nodes']][:3]}"
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        yield f"{width} pixels wide at {NARROW['width']}: {page.evaluate(WIDEST)}"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def usable(
    browser: Browser,
    address: str,
    person: User,
    paths: list[str],
    name: str,
    ready: Callable[[Page, str], None] | None = None,
) -> None:
    """The person opens each page: it is there and nothing is wrong with it. `ready` opens or answers what the page hides.

    Where PICTURES names a folder, each is kept there at both widths, as `name` and its place among them.
    """
    page, axe, wrong = signed_in(browser, address, person), Axe(), list[tuple[str, str]]()
    complaints = complaints_of(page)
    for number, path in enumerate(paths):
        answer = page.goto(address + path)
        assert answer is not None and answer.status == 200, (path, answer and answer.status)
        if ready:
            ready(page, path)
        wrong += [(path, fault) for fault in faults_of(page, axe)]
        for size in (PHONE, DESK) if PICTURES else ():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=Path(PICTURES) / f"{name}-{number:02}-{size['width']}.png", full_page=True)
    page.context.close()
    wrong += [("console", text) for text in complaints]
    assert not wrong, "\n".join(map(str, wrong))
