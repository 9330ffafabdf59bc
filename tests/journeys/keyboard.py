"""Somebody at work by keyboard alone."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator

from tests.journeys.looking import Looking

#: From here on a press of the mouse, or of a finger, is a fault of the page.
NO_MOUSE = 'addEventListener("pointerdown", () => console.error("The mouse was used"), true);'
FOCUSED = "one => one === document.activeElement"


class ByKeys(Looking):
    """Somebody whose hands do not leave the keyboard once they have signed in."""

    def put_the_mouse_away(self) -> None:
        self.page.add_init_script(NO_MOUSE)

    def hit(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def tab_to(self, target: Locator, most: int = 90) -> None:
        """Tab until it has the focus; a place that no number of tabs reaches is a fault."""
        target.wait_for()
        for _ in range(most):
            if target.evaluate(FOCUSED):
                return
            self.hit("Tab")
        raise AssertionError(f"{most} tabs do not lead to {target}")

    def go(self, role: Any, name: str | re.Pattern[str], heading: str) -> None:
        """Tab to the link or button in the page itself, Enter, and be on the page that it leads to."""
        self.tab_to(self.page.locator("main").get_by_role(role, name=name, exact=isinstance(name, str)).first)
        self.hit("Enter")
        self.heading(heading)
        self.page.wait_for_load_state()  # the keys of a page come with its script
