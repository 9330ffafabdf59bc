"""The search in a real browser: the box in every frame, its key, the answers at both widths, nothing serious for axe."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cases.models import Incident
from people.models import Person
from tests.browser import DESK, PHONE
from tests.looks import PICTURES, complaints_of, faults_of, signed_in, usable
from workflow import engine

pytestmark = pytest.mark.django_db(transaction=True)


def kept(page: Page, name: str) -> None:
    """A picture at both widths, for whoever wants to look."""
    for size in (PHONE, DESK) if PICTURES else ():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=f"{PICTURES}/{name}-{size['width']}.png", full_page=True)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def test_the_box_in_the_frame_leads_to_who_it_may_be_and_says_why(
    browser: Browser, live_server: Any, sent_record: Incident, hannah: Person, ellen: User
) -> None:
    engine.perform(sent_record.case, "warn", by=ellen, evidence={"what": "Knives in the kitchen drawer"})
    page, axe = signed_in(browser, live_server.url, ellen), Axe()
    complaints = complaints_of(page)
    page.goto(f"{live_server.url}/notices/")
    page.get_by_label("Search by name, address, phone or reference").fill("hanna okoro")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 person may be “hanna okoro”")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("Why it matched:")).to_be_in_viewport()
    assert "okoro" not in page.url.lower()
    kept(page, "search-results")
    assert list(faults_of(page, axe)) == []
    page.get_by_role("link", name="Change what you look for").click()
    page.get_by_label("Where, if known").fill("mill lane")
    page.get_by_role("button", name="Search again").click()
    expect(page.get_by_text("hanna okoro, mill lane")).to_be_visible()
    page.get_by_role("link", name="Filters: none chosen").click()
    page.get_by_label("Exact only").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody found who may be “hanna okoro”")
    expect(page.get_by_role("link", name="Filters: 1 chosen")).to_be_visible()
    kept(page, "search-narrowed")
    assert complaints == []


def test_a_slash_leads_to_the_box_and_escape_back_until_it_is_turned_off(
    browser: Browser, live_server: Any, ellen: User
) -> None:
    page = signed_in(browser, live_server.url, ellen)
    page.goto(f"{live_server.url}/search/")
    box, again = page.locator("#frame-search"), page.get_by_role("link", name="Your saved searches")
    again.focus()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    page.keyboard.press("Escape")
    expect(again).to_be_focused()
    page.get_by_role("button", name="Turn that key off").click()
    page.reload()
    again.focus()
    page.keyboard.press("/")
    expect(again).to_be_focused()
    expect(page.get_by_role("button", name="Turn that key on")).to_be_visible()


def test_the_pages_of_saved_searches_and_of_somebody_new_are_usable_by_everybody(
    browser: Browser, live_server: Any, hannahs_incident: Incident, ellen: User
) -> None:
    safe = {"everyone_safe": "yes", "threat_to_life": "no", "household": "no", "made_safe": "She is with her sister."}
    engine.amend(hannahs_incident, safe, by=ellen, seen=hannahs_incident.version)  # nobody is added before that
    usable(browser, live_server.url, ellen, ["/search/", "/search/saved/"], "search")
    page, axe = signed_in(browser, live_server.url, ellen), Axe()
    page.goto(f"{live_server.url}/search/")
    page.locator("#frame-search").fill("gary newman")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save this search and tell me").click()
    expect(page.get_by_label("What to call it")).to_be_visible()
    assert list(faults_of(page, axe)) == []
    kept(page, "search-save")
    page.get_by_label("What to call it").fill("The brother")
    page.get_by_label("Why do you need to be told?").fill("He is wanted.")
    page.get_by_role("button", name="Save and tell me").click()
    expect(page.get_by_role("link", name="The brother")).to_be_visible()
    assert list(faults_of(page, axe)) == []
    kept(page, "search-saved")
    page.get_by_role("link", name="The brother").click()
    page.get_by_role("button", name="Record a new person").click()
    expect(page.get_by_label(hannahs_incident.case.reference)).to_be_visible()
    assert list(faults_of(page, axe)) == []
    page.get_by_label(hannahs_incident.case.reference).check()
    page.get_by_label("Suspect").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Surname")).to_have_value("newman")
