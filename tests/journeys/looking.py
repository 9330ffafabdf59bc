"""Somebody at work in a browser of one width: every screen they look at is kept as a picture and never scrolls sideways."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from accounts.models import User
from cases.models import Case
from tests.cast import person, unit
from tests.journeys.visit import PASSWORD, Visit

#: Every page says itself, in the console, that it is wider than its screen.
SIDEWAYS = """
addEventListener("load", () => {
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) console.error(`${location.pathname} is ${wide} wide on a screen of ${innerWidth}`);
});
"""
NO_FAULT = re.compile(r"^Failed to load resource: (net::ERR_INTERNET_DISCONNECTED|.* status of 4(01|03|09|22|23) )")


def staff(rank: str, collar: str, name: str, role: str, code: str = "NP") -> User:
    """Somebody of the force, its division, or a team of its own, who can sign in; the same one when asked again."""
    force = unit("Northshire Police", "NP")
    division = unit("Northgate", "NG", force)
    team = {"NP": force, "NG": division}.get(code) or unit(f"Northgate Response {code}", code, division)
    user = User.objects.filter(username=collar).first() or person(rank, collar, name, (role, team))
    assert user.get_full_name() == name, f"{collar} is {user.get_full_name()} in another journey: take another number"
    user.set_password(PASSWORD)
    user.email = f"{collar}@northshire.invalid"
    user.save(update_fields=["password", "email"])
    return user


class Looking(Visit):
    """A visit whose screens are kept in `pictures`, named as they are looked at."""

    def __init__(self, page: Page, address: str, user: User, pictures: Path) -> None:
        super().__init__(page, address, user)
        self.pictures = pictures
        self.complaints: list[str] = []
        page.add_init_script(SIDEWAYS)
        page.on("pageerror", lambda wrong: self.complaints.append(str(wrong)))
        page.on("console", lambda said: self.hear(said.text) if said.type == "error" else None)

    def hear(self, words: str) -> None:
        """An error in the console; but a refusal, or no connection, is an answer and no fault of the page."""
        if not NO_FAULT.search(words):
            self.complaints.append(words)

    def look(self, name: str) -> str:
        """Keep what the screen shows, find that it fits, and give its words."""
        width = int((self.page.viewport_size or {})["width"])
        self.page.screenshot(path=self.pictures / f"{name}-{width}.png", full_page=True)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"
        return self.words()

    def words(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def open(self, path: str, name: str = "") -> str:
        """A page by its address; looked at where it is given a name."""
        self.come_back(path)
        return self.look(name) if name else self.words()

    def answer(self, choice: str, reason: str) -> None:
        """On the page of a decision: choose an answer by its code, say why, decide."""
        self.choose("decision", choice)
        self.page.fill(f"[name={choice}-reason]", reason)
        self.press("Decide")
        self.page.wait_for_url(lambda url: "/decide/" not in url)

    def keep_case_file(self, case: Case, name: str) -> str:
        """The printed case file beside the pictures; its words."""
        body, words = self.case_file(case)
        (self.pictures / f"{name}.pdf").write_bytes(body)
        return words


def wait_until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait for the workers, as long as it may take them: what a lost wake-up delays is found within the minute."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "The workers did not do it in time."
        time.sleep(0.25)
