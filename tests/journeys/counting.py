"""How much a page asks of the hand, counted in the browser itself: boxes typed into, answers tapped, things pressed.

Whatever a walk does is counted, however it does it: the page listens to its own events and tells the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

LISTEN = """
(() => {
  const where = () => (document.querySelector("h1")?.textContent || "").trim().replace(/\\s+/g, " ");
  const box = (element) => element.matches?.("textarea, input:not([type=radio]):not([type=checkbox]):not([type=hidden]), select");
  const opened = () => location.pathname + performance.timeOrigin;
  const tell = (kind, name, value) => window.counted({ kind, name, value, path: opened(), page: where() });
  document.addEventListener("input", (event) => {
    if (box(event.target) && event.target.name) tell("typed", event.target.name, event.target.value);
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    const answer = event.target.closest("input[type=radio], input[type=checkbox]");
    const press = event.target.closest("a[href], button, summary");
    if (answer) tell("tapped", answer.name, answer.value);
    else if (press) tell("pressed", "", press.textContent.trim().slice(0, 60));
  }, true);
})();
"""
#: The boxes of a moment or a day are one thing said.
PART = re.compile(r"_(day|month|year|time)$")
NAMES = {"forename", "surname"}  # a family's name belongs to each of them
SHORTEST = 4  # characters: anything shorter (an age, a number) is no fact that could be known again by its text


@dataclass
class Taken:
    """What one page (by its heading) took."""

    typed: int = 0
    tapped: int = 0
    pressed: int = 0


@dataclass
class Fingers:
    """Everything done on a page since it was opened."""

    pages: dict[str, Taken] = field(default_factory=dict)
    said: dict[tuple[str, str], str] = field(default_factory=dict)  # (page as opened, box): what was typed last

    def watch(self, page: Page) -> None:
        page.expose_binding("counted", lambda source, told: self.hear(told))
        page.add_init_script(LISTEN)

    def hear(self, told: dict[str, Any]) -> None:
        counts = self.pages.setdefault(told["page"], Taken())
        if told["kind"] == "typed":
            where = told["path"], told["name"]
            counts.typed += where not in self.said
            self.said[where] = told["value"].strip()
        elif told["kind"] == "tapped":
            counts.tapped += 1
        else:
            counts.pressed += 1

    def total(self, kind: str, pages: Iterable[str] | None = None) -> int:
        return sum(getattr(counts, kind) for page, counts in self.pages.items() if pages is None or page in pages)

    def typed_twice(self) -> list[str]:
        """What was typed in one place and again in another. A moment is one thing, whatever its day has in common."""
        things: dict[tuple[str, str], list[str]] = {}
        for (path, name), value in self.said.items():
            things.setdefault((path, PART.sub("", name)), []).append(value)
        seen: dict[str, tuple[str, str]] = {}
        twice = []
        for where, parts in things.items():
            fact = " ".join(" ".join(parts).lower().split())
            if where[1] in NAMES or len(fact) < SHORTEST:
                continue
            if fact in seen:
                twice.append(f"{fact}: {seen[fact]} and {where}")
            seen.setdefault(fact, where)
        return twice

    def table(self) -> str:
        """The rows of docs/ux.md, in the order in which the pages were met; pages of one heading are one row."""
        rows = [f"| {page} | {c.typed} | {c.tapped} | {c.pressed} |" for page, c in self.pages.items()]
        whole = " | ".join(str(self.total(kind)) for kind in ("typed", "tapped", "pressed"))
        return "\n".join([*rows, f"| **In all** | {whole} |"])
