"""The pages on which a queue is worked, in a real browser: usable by everybody, and moved in by key where somebody wants it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from risk.quality import DIFFERENCES
from supervision.keys import ACTS
from supervision.queues.liking import keep_keys
from tests import factories
from tests.browser import DESK, page_of
from tests.cast import take
from tests.looks import enter, usable
from tests.risk.story import answer
from tests.risk.test_quality import ASKED, KEY, Differs, press, rows
from workflow.models import Deadline

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    """At the time of the clock: a browser cannot be taken to another."""
    yield timezone.now()


@pytest.fixture
def finder() -> Iterator[None]:
    found = [
        Differs("Says no. The record shows two convictions.", 27, ""),
        Differs("Eli lives there.", 10, "Visits only."),
    ]

    def finds(assessment: Any, user: User) -> list[Differs]:
        return found

    DIFFERENCES.append(finds)
    yield
    DIFFERENCES.remove(finds)


def on(user: User) -> None:
    keep_keys(user, {act.code: act.key for act in ACTS}, on=True)


def decide(record: Any) -> str:
    item = Deadline.objects.open().get(subject_id=record.pk, policy="dash-checked").pk
    return f"/work/incident/{record.pk}/decide/record/?queue=team&item={item}"


def test_the_pages_of_a_queue_and_of_a_check_are_usable_by_everybody(
    browser: Browser, live_server: Any, finder: None, ellen: User, priya: User
) -> None:
    on(priya)
    first, second, again = (factories.sent(ellen) for _ in range(3))
    said = rows(judgement="return", judgement_words="What he does next is missing.", own="pass")
    press(
        priya,
        again,
        decision="incident-return",
        **{"incident-return-reason": ASKED, f"{KEY}-marked": ["7", "13"]},
        **said,
    )
    press(priya, second, beside=KEY, **rows(answered="pass", crimes="advise", crimes_words="Look at answer 18 again."))
    dash = again.assessments.get()
    usable(browser, live_server.url, ellen, [f"/dash/{dash.pk}/", "/"], "working-officer")
    answer(dash, ellen, {13: ("yes", "First in November, now every week.")})
    take(again, "submit", ellen, note="")
    hers = [
        "/team/?wanted=dash-checked",
        "/keyboard/",
        "/quality-checks/",
        decide(first),
        decide(second),
        decide(again),
    ]
    several = "/team/?all=1&pick=1"

    def picked(page: Page, path: str) -> None:
        """Two rows are ticked, and what is to be done with them is asked."""
        if path == several:
            page.locator("input[name=pick]").first.check()
            page.locator("input[name=pick]").nth(1).check()
            page.get_by_role("button", name="Allocate with a reason").click()

    usable(browser, live_server.url, priya, [*hers, several], "working-sergeant", picked)


@pytest.fixture
def desk(browser: Browser, live_server: Any, priya: User) -> Iterator[Page]:
    page = page_of(browser, DESK)
    enter(page, priya, live_server.url)
    yield page
    page.context.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name"))


def test_keys_move_in_the_list_open_a_row_and_lead_to_the_decision(
    desk: Page, live_server: Any, ellen: User, priya: User
) -> None:
    on(priya)
    records = [factories.sent(ellen) for _ in range(2)]
    desk.goto(f"{live_server.url}/team/?wanted=dash-checked")
    references = desk.locator(".app-queue__reference").all_inner_texts()
    for key, place in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        desk.keyboard.press(key)
        assert focused(desk) == references[place], (key, place)
    desk.keyboard.press("x")
    assert desk.locator("input[name=pick]:checked").count() == 1
    expect(desk.locator("[data-selected]")).to_have_text("1 selected")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("The next row of the list")
    desk.keyboard.press("Escape")
    desk.keyboard.press("o")
    desk.wait_for_url("**/decide/record/**")
    desk.keyboard.press("n")
    expect(desk.locator("main")).to_contain_text(f"Sent by {ellen.title()}")
    desk.wait_for_url(f"**/{records[1].pk}/decide/record/**")
    desk.keyboard.press("a")
    assert focused(desk) == "incident-approve-reason"
    desk.keyboard.type("jkxnpqac? Read it, and agreed.")
    assert desk.locator("[name=incident-approve-reason]").input_value() == "jkxnpqac? Read it, and agreed."
    assert records[1].pk == int(desk.url.split("/incident/")[1].split("/")[0]), "no key fires in a field"


def test_keys_are_silent_until_they_are_turned_on_and_then_those_that_were_chosen(
    desk: Page, live_server: Any, ellen: User, priya: User
) -> None:
    factories.sent(ellen)
    url = f"{live_server.url}/team/"
    desk.goto(url)
    before = focused(desk)
    desk.keyboard.press("j")
    assert focused(desk) == before
    desk.goto(f"{live_server.url}/keyboard/")
    desk.check("[name=on]")
    desk.fill("[name=down]", "l")
    desk.get_by_role("button", name="Keep my keys").click()
    desk.goto(url)
    before = focused(desk)
    desk.keyboard.press("j")
    assert focused(desk) == before
    desk.keyboard.press("l")
    assert focused(desk) == desk.locator(".app-queue__reference").first.inner_text()
