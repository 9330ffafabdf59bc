"""The public page in a real browser: with its script and without, by keyboard, at both widths; the ways out; the half hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dvds.models import PublicRequest
from tests.browser import DESK, PHONE
from tests.looks import PICTURES, complaints_of, faults_of

Leave = Callable[[Page], None]
#: What is done on each page of a whole request before Continue: (the number of the question, what is filled in).
ANSWERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("1", {"#danger-yes": ""}),
    ("2", {"#asks_as-friend": ""}),
    ("3", {"#at_risk_name": "Rosa Field"}),
    ("4", {"#subject_name": "Kurt Vane"}),
    ("5", {"#why": "He hurt somebody before."}),
    ("6", {"#reach-friend": "", "#friend_number": "07700 900417", "#friend_when": "Tues and Thurs 9.30 to 11"}),
    ("7", {"#never": "Never ring the house"}),
    ("8", {"#feared-assault": "", "#feared-control": ""}),
    ("9", {"#asker": "Nina"}),
)
CONTINUE = "main button:has-text('Continue')"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Somebody's own window. What the page says of its own faults fails the test."""
    context = browser.new_context(viewport=request.param, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(15_000)
    opened = context.new_page()
    complaints = complaints_of(opened)
    yield opened
    context.close()
    assert complaints == []


def start(page: Page, served: str) -> None:
    page.goto(served + "/")
    page.click("main button:has-text('Start')")
    expect(page.locator(".govuk-caption-m")).to_have_text("Question 1 of 9")


def fill(page: Page, answers: dict[str, str]) -> None:
    for field, words in answers.items():
        page.fill(field, words) if words else page.check(field)


def to(page: Page, served: str, number: int) -> None:
    """As far as the question with this number."""
    start(page, served)
    for _, answers in ANSWERS[: number - 1]:
        fill(page, answers)
        page.click(CONTINUE)
    expect(page.locator(".govuk-caption-m")).to_have_text(f"Question {number} of 9")


def picture(page: Page, name: str) -> None:
    if PICTURES:
        width = (page.viewport_size or PHONE)["width"]
        page.screenshot(path=Path(PICTURES) / f"public-{name}-{width}.png", full_page=True)


def test_a_whole_request_is_one_entry_in_the_browsers_history(page: Page, served: str, letterbox: str) -> None:
    page.goto(served + "/")
    before = page.evaluate("history.length")
    start(page, served)
    for number, answers in ANSWERS:
        expect(page.locator(".govuk-caption-m")).to_have_text(f"Question {number} of 9")
        expect(page.locator("#leaving")).to_contain_text(page.locator("h1").inner_text())  # and it is read out
        fill(page, answers)
        picture(page, number)
        page.click(CONTINUE)
    expect(page.locator("h1")).to_have_text("Send your request")
    picture(page, "send")
    page.click("main button:has-text('Send your request')")
    expect(page.locator("h1")).to_have_text("We have your request")
    picture(page, "sent")
    assert page.evaluate("history.length") == before
    assert page.title() == "Your request"
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert PublicRequest.objects.get().safe_times == "Tues and Thurs 9.30 to 11"


def test_without_scripts_it_works_just_as_well(browser: Browser, served: str, letterbox: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    start(page, served)
    for _, answers in ANSWERS:
        fill(page, answers)
        page.click(CONTINUE)
    page.click("main button:has-text('Send your request')")
    expect(page.locator("h1")).to_have_text("We have your request")
    assert PublicRequest.objects.get().subject == "Kurt Vane"
    page.click(".leave__button")
    assert page.url == served + "/again/cy/"
    context.close()


def by_link(page: Page) -> None:
    page.click(".leave__button")


def by_escape(page: Page) -> None:
    page.keyboard.press("Escape")


def by_shift(page: Page) -> None:
    page.keyboard.press("Shift")
    expect(page.locator("#leaving")).to_have_text("Press Shift 2 more times to exit.")
    page.keyboard.press("Shift")
    expect(page.locator(".leave__dots .pressed")).to_have_count(2)
    page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [by_link, by_escape, by_shift])
def test_each_way_out_leads_out_at_once_and_back_leads_to_nothing(page: Page, served: str, leave: Leave) -> None:
    page.goto("about:blank")
    to(page, served, 4)
    page.fill("#subject_name", "Kurt Vane")
    leave(page)
    page.wait_for_url("**/again/cy/")
    page.go_back()
    assert page.url == "about:blank"


def test_capital_letters_do_not_lead_out(page: Page, served: str) -> None:
    to(page, served, 4)
    page.click("#subject_name")
    for letter in "KVXY":
        page.keyboard.press(f"Shift+{letter}")
    assert page.input_value("#subject_name") == "KVXY"
    expect(page.locator(".leave__dots .pressed")).to_have_count(0)


def test_three_presses_with_a_long_pause_between_do_not_lead_out(page: Page, served: str) -> None:
    page.clock.install()
    start(page, served)
    for _ in range(3):
        page.keyboard.press("Shift")
        page.clock.run_for(6000)
    expect(page.locator(".leave__dots .pressed")).to_have_count(0)
    assert page.url == served + "/"


def test_after_half_an_hour_what_was_typed_is_wiped_and_five_minutes_before_it_says_so(page: Page, served: str) -> None:
    page.clock.install()
    to(page, served, 4)
    page.fill("#subject_name", "Kurt Vane")
    page.clock.fast_forward("25:30")
    expect(page.locator("#said-aloud")).to_contain_text("In 5 minutes what you typed is wiped.")
    page.clock.fast_forward("05:00")
    page.wait_for_url("**/again/en/")
    expect(page.locator("h1")).to_have_text("What you typed has been wiped")
    assert "Kurt" not in page.content()


def test_whoever_goes_on_typing_is_not_wiped(page: Page, served: str) -> None:
    page.clock.install()
    to(page, served, 5)
    before = page.input_value("input[name=page]")
    for _ in range(4):
        page.type("#why", "He ")
        page.clock.fast_forward("12:00")
    expect(page.locator("h1")).to_have_text("What makes you ask?")
    assert page.input_value("input[name=page]") != before
    page.click(CONTINUE)
    expect(page.locator(".govuk-caption-m")).to_have_text("Question 6 of 9")


def test_where_the_line_is_down_nothing_typed_is_lost(phone: Page, served: str) -> None:
    page = phone
    to(page, served, 4)
    page.fill("#subject_name", "Kurt Vane")
    page.route("**/*", lambda route: route.abort())
    with page.expect_event("console"):
        page.click(CONTINUE)
    expect(page.locator("#said-aloud")).to_contain_text("What you typed is still here.")
    page.unroute("**/*")
    assert page.input_value("#subject_name") == "Kurt Vane"
    page.click(CONTINUE)
    expect(page.locator(".govuk-caption-m")).to_have_text("Question 5 of 9")


def test_by_keyboard_exit_is_first_and_enter_goes_on(page: Page, served: str) -> None:
    to(page, served, 3)
    for words in ("Exit this page", "Cymraeg", "Ring 999"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == words
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "at_risk_name"
    page.keyboard.type("Rosa Field")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-caption-m")).to_have_text("Question 4 of 9")


def test_exit_stays_in_view(page: Page, served: str) -> None:
    to(page, served, 8)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".leave__button")).to_be_in_viewport()
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 at 400 %
    page.evaluate("window.scrollTo(0, 400)")
    expect(page.locator(".leave__button")).to_be_in_viewport()
    high = page.locator(".leave").bounding_box()
    assert high is not None
    assert high["height"] < 60


#: The pages beside the questions: (the question from which, what is pressed, what is then there).
BESIDE = {
    "wrong": (6, CONTINUE, ".govuk-error-summary"),
    "send": (9, CONTINUE, "h1:has-text('Send your request')"),
    "hide": (6, "footer button >> nth=0", "h1:has-text('Hide that you were here')"),
    "welsh": (6, ".top__language", "html[lang=cy]"),
}


@pytest.mark.parametrize("place", ["start", *(number for number, _ in ANSWERS), *BESIDE])
def test_nothing_is_wrong_with_the_page_at_any_width(phone: Page, served: str, place: str) -> None:
    if place == "start":
        phone.goto(served + "/")
    elif place in BESIDE:
        number, press, there = BESIDE[place]
        to(phone, served, number)
        phone.click(press)
        phone.wait_for_selector(there)
    else:
        to(phone, served, int(place))
        if place == "6":
            phone.check("#reach-me")
    assert list(faults_of(phone, Axe())) == []
