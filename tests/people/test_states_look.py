"""What the one search answers to bad input, and the pages of two records that may be one man, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cases.models import Case, Incident
from people.models import Duplicate, Person, Telephone
from people.services.weighing import suggest
from tests.browser import DESK, PHONE
from tests.looks import PICTURES, complaints_of, faults_of, signed_in, usable
from tests.people.merging import merged
from tests.people.population import learned

pytestmark = pytest.mark.django_db(transaction=True)

#: What is typed into the box of the frame -> what the page says, in its heading or beside the box.
TYPED = {
    "nothing": ("", "Enter a name, a birth date or a case reference"),
    "one-letter": ("x", "The name must have two letters or more"),
    "wildcards": ("%_*", "The name must have two letters or more"),
    "long": ("Pollitt " * 250, "must be 200 characters or fewer"),
    "long-word": ("Pollitt" * 28, "may be “PollittPollitt"),
    "emoji": ("😀😀😀", "The name must have two letters or more"),
    "arabic": ("غاريث بوليت", "“غاريث بوليت”"),
    "reference": ("DA-2019-999999", "No case found with the reference"),
    "script": ("<script>alert(1)</script>", "“<script>alert(1)</script>”"),
    "many": ("sm", "“sm”"),
}  # fmt: skip


def kept(page: Page, name: str) -> None:
    for size in (PHONE, DESK) if PICTURES else ():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=f"{PICTURES}/{name}-{size['width']}.png", full_page=True)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def test_whatever_is_typed_gets_an_answer_or_a_sentence_that_everybody_can_read(
    browser: Browser, live_server: Any, gareth: Person, ellen: User
) -> None:
    page, axe, wrong = signed_in(browser, live_server.url, ellen), Axe(), list[str]()
    complaints = complaints_of(page)
    for name, (typed, said) in TYPED.items():
        page.goto(f"{live_server.url}/notices/")
        page.locator("#frame-search").fill(typed)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("main"), name).to_contain_text(said)
        assert typed.strip()[:20] not in page.url or not typed, name
        wrong += [f"{name}: {fault}" for fault in faults_of(page, axe)]
        kept(page, f"state-{name}")
    page.context.close()
    wrong += [text for text in complaints if "422" not in text]
    assert not wrong, "\n".join(wrong)


def test_nobody_found_under_a_filter_is_not_said_of_everybody(
    browser: Browser, live_server: Any, gareth: Person, ellen: User
) -> None:
    page = signed_in(browser, live_server.url, ellen)
    page.goto(f"{live_server.url}/search/")
    page.locator("#frame-search").fill("garreth polit")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Filters: none chosen").click()
    page.get_by_label("Exact only").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("main")).to_contain_text("You chose 1 filter")
    kept(page, "state-filtered")
    page.get_by_role("button", name="Search without filters").click()
    expect(page.locator(".app-found").get_by_role("link", name="Gareth Pollitt")).to_be_visible()


def test_two_records_of_one_man_are_judged_on_pages_that_everybody_can_use(
    browser: Browser, live_server: Any, pair: Duplicate, hannahs_case: Case, priya: User, ellen: User
) -> None:
    step = f"/work/duplicate/{pair.pk}"
    before = [
        "/team/same-person/", f"/people/pairs/{pair.pk}/", f"{step}/merge/", f"{step}/dismiss/", f"{step}/keep-apart/",
        f"/people/{pair.one_id}/same-as/", f"/people/{pair.one_id}/",
    ]  # fmt: skip
    usable(browser, live_server.url, priya, before, "pair")
    one = merged(pair, priya)
    third = Case.begin(Case.Kind.INVESTIGATION, hannahs_case.unit, timezone.now())
    learned(Telephone, third, Person(pk=one.one_id), ellen, number="07700 900333")
    after = ["/team/same-person/", f"/people/pairs/{pair.pk}/", f"{step}/undo/", f"/people/{pair.one_id}/"]
    usable(browser, live_server.url, priya, after, "pair-merged")


def test_what_is_refused_of_a_merge_stands_on_its_page_with_the_reason(
    browser: Browser, live_server: Any, hannah: Person, hannahs_incident: Incident, ellen: User, priya: User
) -> None:
    him = hannahs_incident.people("suspect").get().person
    case = hannahs_incident.case
    pair = suggest({hannah.pk: case.pk, him.pk: case.pk}, by=ellen, reason="The neighbour says so.", unit=case.unit)
    page = signed_in(browser, live_server.url, priya)
    page.goto(f"{live_server.url}/people/pairs/{pair.pk}/")
    expect(page.locator("#may-do")).to_contain_text("Merge the two records:")
    kept(page, "pair-refused")
