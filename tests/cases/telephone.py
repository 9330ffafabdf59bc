"""What the tests in a browser do with a telephone: sign somebody in, open a section, save, read what is said of saving."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from playwright.sync_api import Page

from accounts.models import User
from cases.models import Incident
from tests.cast import client_of


def enter(page: Page, user: User, address: str) -> None:
    cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def section(record: Incident, name: str = "happened") -> str:
    return f"/work/incident/{record.pk}/sections/{name}/"


def kept_here(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('unsent:'))")
    return found


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def line(page: Page) -> Any:
    return page.locator("[data-saved-words]").first
