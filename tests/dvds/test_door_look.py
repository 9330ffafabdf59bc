"""The pages of the door in a real browser: for the officer, a partner, the control room and the unit."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from cases.models import Case
from dvds.models import Application
from tests.dvds.door import information, request, taken, whole
from tests.looks import usable

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_the_door_are_usable_on_a_phone_and_on_a_desk(
    live_server: Any, browser: Browser, ellen: User, cleo: User, rafi: User, ines: User, perry: User, maya: User,
    hannahs_case: Case, in_checks: Application,
) -> None:  # fmt: skip
    waits = request(ellen, danger="possible", danger_words="She is at her mother’s tonight.", safe_means="07700 900123")
    information(ines, source="intelligence")
    usable(browser, live_server.url, ellen, [
        "/requests/", waits.get_absolute_url(), "/requests/new/hear/", f"/requests/new/learn/{hannahs_case.pk}/",
        f"{hannahs_case.get_absolute_url()}?panel=at-the-door",
    ], "door-officer")  # fmt: skip
    usable(browser, live_server.url, cleo, ["/requests/", "/requests/new/hear/"], "door-partner")
    usable(browser, live_server.url, rafi, ["/requests/", waits.get_absolute_url()], "door-control")
    mine = whole(taken(request(ellen), rafi), rafi)
    here = f"/work/consideration/{mine.pk}/"
    usable(browser, live_server.url, rafi, [
        here, *(f"{here}sections/{name}/" for name in ("heard", "people", "between", "why", "danger", "contact", "support")),
        f"/requests/taken/{mine.pk}/people/party/", f"{here}forward/", "/work/consideration/new/open/",
    ], "door-taken")  # fmt: skip
    there = f"/work/consideration/{in_checks.pk}/"
    usable(browser, live_server.url, perry, [f"{there}contact/", f"{there}crime/"], "door-unit")
    usable(browser, live_server.url, maya, [f"{there}allow-contact/"], "door-supervisor")
