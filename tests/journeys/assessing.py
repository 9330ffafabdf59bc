"""What the page of questions asks beside its questions: honour, differences, and the further sets that the answers owe."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Answers = Callable[[int], tuple[str, str]]  # by number: the answer, and the words beside it

BEGIN = re.compile("^Save and begin (S-DASH|H-DASH|Stalking screening|Suspect who works for the police)")


def answer_all(page: Page, answers: Answers) -> None:
    """Each question that the page asks, in its order."""
    page.locator("[data-question]").first.wait_for()
    for number in range(1, page.locator("[data-question]").count() + 1):
        value, words = answers(number)
        page.check(f'input[name="q{number}"][value="{value}"]')
        if words:
            page.fill(f"[name=q{number}_words]", words)


def no_honour_is_feared(page: Page) -> None:
    """Where the page asks: they were asked, and it is not."""
    page.check('input[name="honour"][value="no"]')


def differences_are_explained(page: Page, why: str) -> None:
    """Each place where an answer and the record differ, in the words of whoever asked again."""
    for box in page.locator("#differs textarea").all():
        box.fill(why)


def sets_are_answered(page: Page, answers: Callable[[str], Answers]) -> list[str]:
    """Every further set that is owed and not begun, one after another; `answers` by the name of the set. Their names."""
    done: list[str] = []
    owed = page.locator("#further").get_by_role("button", name=BEGIN)
    while owed.count():
        name = owed.first.inner_text().removeprefix("Save and begin ")
        owed.first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        answer_all(page, answers(name))
        page.get_by_role("button", name="Save and go back to the DASH").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("DASH")
        expect(page.locator("#further li", has_text=name)).to_contain_text("Done")
        done.append(name)
    return done
