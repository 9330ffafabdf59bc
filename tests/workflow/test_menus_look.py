"""The menus of the navigation: few words across the page, each opened by a press or a key, and flat for whoever has few links."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import Unit, User
from tests.browser import DESK
from tests.cast import client_of, person
from tests.looks import signed_in, usable
from workflow.pages.furniture import Menu

pytestmark = pytest.mark.django_db(transaction=True)


def opened(page: Page, path: str) -> None:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.get_by_role("navigation", name="Main").get_by_text("Team", exact=True).click()


def test_the_open_menu_is_usable_by_everybody(browser: Browser, live_server: Any, priya: User) -> None:
    usable(browser, live_server.url, priya, ["/team/"], "menu", ready=opened)


def test_one_menu_is_open_at_a_time_and_escape_gives_the_focus_back(
    browser: Browser, live_server: Any, priya: User
) -> None:
    page = signed_in(browser, live_server.url, priya)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(live_server.url + "/my-work/")
    main = page.get_by_role("navigation", name="Main")
    team, people = (main.locator("summary").filter(has_text=word) for word in ("Team", "People"))
    team.press("Enter")
    assert main.get_by_role("link", name="Team queue").is_visible()
    people.click()
    assert not main.get_by_role("link", name="Team queue").is_visible()
    people.press("Escape")
    assert main.locator("details[open]").count() == 0
    assert people.evaluate("word => word === document.activeElement")
    team.click()
    page.locator("h1").click()
    assert main.locator("details[open]").count() == 0
    page.context.close()


def test_whoever_has_few_links_has_them_side_by_side(priya: User, force: Unit) -> None:
    keeper = person("Records", "0655", "Wyn Aldous", ("records_manager", force))
    few, many = (client_of(who).get("/notices/").context["frame"]["navigation"] for who in (keeper, priya))
    assert not any(isinstance(entry, Menu) for entry in few) and any(isinstance(entry, Menu) for entry in many)
    assert len(many) <= 9
