"""THE TABLE of what reporting is measured by: the product's answer, the same question in bare SQL, and what it may cost."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from benchmarks.years.questions import QUESTIONS, asked
from benchmarks.years.seeding import Seeded

Answers = Callable[[User, datetime, datetime], Any]  # who asks, between which moments (UTC)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that is asked of five years by the analyst, over so many months up to now.

    `floor`: the questions it stands beside. `answers`: the product's own answer, without its page; `page`: the address of
    the page, `{since}` and `{until}` being days. Either may be wanting: then only what is there is measured.
    `most`: at most so many times the floor, which asks nobody whether they may see it; `queries`: the ceiling of statements of the answer.
    """

    name: str
    label: str
    months: int
    floor: tuple[str, ...]
    answers: Answers | None = None
    page: str = ""
    most: float = 2.5
    queries: int = 6
    grows: float = 1.0

    def window(self, seeded: Seeded) -> tuple[datetime, datetime]:
        return seeded.until - timedelta(days=round(30.44 * self.months)), seeded.until

    def statements(self, seeded: Seeded) -> list[str]:
        """The floor's, with their values."""
        return [asked(name, *self.window(seeded)) for name in self.floor]

    def address(self, seeded: Seeded) -> str:
        since, until = self.window(seeded)
        return self.page.format(since=f"{since:%Y-%m-%d}", until=f"{until:%Y-%m-%d}")


EVERY = tuple(QUESTIONS)
# fmt: off
OPERATIONS = (
    #         name        label                                     months floor
    Operation("crimes",   "explorer: crimes",                           48, ("crimes",)),
    Operation("rate",     "explorer: arrest rate",                      48, ("crimes", "arrests")),
    Operation("teams",    "explorer: incidents and crimes by team",     48, ("reports by team",)),
    Operation("repeat",   "explorer: repeat victims",                   48, ("repeat victims",)),
    Operation("risk",     "explorer: movement of risk",                 48, ("risk levels",)),
    Operation("charge",   "explorer: time to charge",                   48, ("time to charge",)),
    Operation("outcomes", "explorer: outcomes",                         48, ("outcomes",)),
    Operation("owed",     "explorer: every clock",                      48, ("deadlines",)),
    Operation("said",     "explorer: victims by ethnicity and gender",  48, ("victims by description",)),
    Operation("after",    "explorer: repeat after action",              48, ("repeat after action",)),
    Operation("funnel",   "explorer: attrition",                        48, ("attrition",)),
    Operation("response", "explorer: response",                         48, ("response",)),
    Operation("pack",     "monthly pack, data part",                    13, EVERY, queries=60),
)
# fmt: on
