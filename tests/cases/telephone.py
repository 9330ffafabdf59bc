"""What the tests in a browser do with a telephone: open a section, save, read what is said of saving."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from cases.models import Incident
from tests.cases import recording


def section(record: Incident, name: str = "happened") -> str:
    return recording.section(record, name)


def kept_here(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('unsent:'))")
    return found


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def line(page: Page) -> Any:
    return page.locator("[data-saved-words]").first
