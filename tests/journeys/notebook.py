"""A written first account, as an officer keeps it in a notebook: "Where: ..." line by line, typos and all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from workflow.clock import LONDON

FOLDER = Path(__file__).parent / "accounts"
ANSWERS = {"Y": "yes", "N": "no", "DK": "dont_know", "R": "not_asked", "D": "declined"}
RELATIONSHIPS = {"ex partner who lived with her": "XCO", "son": "SD", "boyfriend not living together": "BG"}
ACTIONS = {"arrest": "arrest", "victim to family": "refuge", "support": "support", "targets": "locks"}
KINDS = {
    "physical": "physical", "threats": "violent", "controlling": "controlling", "economic": "economic",
    "psychological": "psychological",
}  # fmt: skip
PLACES = {
    "home they share or shared": "shared_home", "home of the person harmed": "victim_home", "street": "street",
}  # fmt: skip


@dataclass(frozen=True)
class Account:
    """The lines of one notebook page, read against the night on which it was written."""

    lines: dict[str, str]
    today: date

    def __getitem__(self, name: str) -> str:
        return self.lines[name]

    def get(self, name: str) -> str:
        return self.lines.get(name, "")

    def parts(self, name: str) -> list[str]:
        """The parts of a line between slashes."""
        return [part.strip() for part in self[name].split(" / ")]

    def moment(self, words: str) -> datetime:
        """ "yesterday 22:41" or "today 01:20", London."""
        found = re.match(r"(yesterday|today) (\d\d):(\d\d)", words)
        assert found, words
        day = self.today - timedelta(days=found[1] == "yesterday")
        return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=LONDON)

    @property
    def happened(self) -> tuple[datetime, datetime]:
        """When it began and ended; the end is on the same day."""
        start, _, end = self["When"].partition(" to ")
        began = self.moment(start)
        hour, minute = map(int, end.split(":"))
        return began, began.replace(hour=hour, minute=minute)

    def answer(self, number: int, of: str = "") -> tuple[str, str]:
        """The answer to a question of the DASH, or of a further set by its name, with the words beside it; ("", "") where
        the page says nothing.
        """
        before = f"{of} " if of else ""
        code, _, words = (self.get(f"{before}{number}") or self.get(f"{before}Others")).partition(" ")
        return ANSWERS.get(code, ""), words


def read(name: str, today: date) -> Account:
    """One of the three accounts, by its file name."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    pairs = (line.partition(": ") for line in text.splitlines() if line)
    return Account({key: value.strip() for key, _, value in pairs}, today)
