"""Further sets in a real browser: the S-DASH by keyboard alone; nothing serious for axe on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from cases.models import Incident
from risk.models import Assessment
from tests.browser import DESK
from tests.looks import complaints_of, enter, usable
from tests.risk.further import answer_set, follow, say
from tests.risk.story import answer, begun, earlier, fresh, give_reasons
from tests.risk.test_instruments import in_use

pytestmark = pytest.mark.django_db(transaction=True)


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def test_a_stalking_report_and_its_s_dash_are_done_by_keyboard_alone(
    browser: Browser, live_server: Any, dash: Assessment, ellen: User
) -> None:
    page = browser.new_page(viewport=DESK)  # type: ignore[arg-type]
    enter(page, ellen, live_server.url)
    complaints = complaints_of(page)
    page.goto(f"{live_server.url}/dash/{dash.pk}/")
    page.locator("#id_q1").focus()
    keys(page, "n", "n", "n", "n", "n", "n", "n", "y")  # into the words of question 8
    page.keyboard.type("Forty texts a day since March.")
    keys(page, "Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Save and begin S-DASH"
    keys(page, "Enter")
    page.wait_for_selector("h1:has-text('S-DASH')")
    page.locator("#id_q1").focus()
    for number in range(1, 12):
        if number == 4:
            keys(page, "y")
            page.keyboard.type("Five times this week, at her work.")
            keys(page, "Escape", "ArrowDown")
        else:
            keys(page, "n")
    end = page.get_by_role("button", name="Save and go back to the DASH")
    for _ in range(20):
        keys(page, "Tab")
        if end.evaluate("button => button === document.activeElement"):
            break
    keys(page, "Enter")
    page.wait_for_selector("h1:text-is('DASH')")
    found = Assessment.objects.get(follows=dash)
    assert found.answers.count() == 11 and found.answers.get(number=4).text == "Five times this week, at her work."
    assert fresh(dash).answers.get(number=8).value == "yes"
    assert page.locator("#further").inner_text().count("Done") == 1
    assert complaints == []
    page.close()


def test_the_pages_of_further_sets_are_usable_by_everybody(
    browser: Browser, live_server: Any, dash: Assessment, tonight: Incident, ellen: User, priya: User
) -> None:
    before = begun(earlier(tonight, ellen, 50, 60, 70)[0], ellen)
    answer(before, ellen, {5: ("yes", "Pills in March, told to her sister."), 6: "no"})
    said = {number: "no" for number in range(7, 28)} | {4: "yes", 8: "yes", 2: "yes"}
    say(dash, ellen, said, honour=("yes", "Her brothers, and a wedding in the summer."))
    done = answer_set(follow(dash, ellen, "s-dash"), ellen, yes=(1, 4))
    h_dash = follow(dash, ellen, "h-dash")
    usable(browser, live_server.url, ellen, [f"/dash/{dash.pk}/", f"/dash/{done.pk}/", f"/dash/{h_dash.pk}/"], "sets")
    Incident.objects.filter(pk=tonight.pk).update(abuse_signs=["stalking"])
    usable(browser, live_server.url, priya, ["/stalking/"], "stalking")


def test_the_other_instruments_are_usable_by_everybody(
    browser: Browser, live_server: Any, tonight: Incident, ellen: User
) -> None:
    in_use(tonight, "frontline")
    found = begun(tonight, ellen)
    answer(found, ellen, {1: ("often", "Most evenings."), 2: ("never", "")})
    before = earlier(tonight, ellen, 3)[0]
    in_use(before, "merit")
    merit = begun(before, ellen)
    answer(merit, ellen, {1: ("grave", "The worst there is."), 2: ("none", "")})
    give_reasons(merit, ellen)
    usable(browser, live_server.url, ellen, [f"/dash/{found.pk}/", f"/dash/{merit.pk}/"], "instruments")
