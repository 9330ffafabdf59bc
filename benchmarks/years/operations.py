"""THE TABLE of what reporting is measured by: the product's answer, the same question in bare SQL, and what it may cost."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from benchmarks.years.questions import QUESTIONS, asked
from benchmarks.years.seeding import Seeded
from reporting.answers import people
from reporting.figures.asked import month_before
from reporting.measures.asking import measure_of
from reporting.measures.reckon import Question, Window, ask
from reporting.measures.times import spreads
from reporting.models.snapshot import PackCode
from reporting.packs import inspecting
from reporting.packs.declare import PACKS, Asking, window_of
from workflow.clock import LONDON

Answers = Callable[[User, datetime, datetime], Any]  # who asks, between which moments (UTC)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that is asked of five years by the analyst, over so many months up to now.

    `floor`: the questions it stands beside. `answers`: the product's own answer, without its page; `page`: the address of
    the page, `{since}` and `{until}` being its first and last month. Either may be wanting: then only what is there is measured.
    `most`: at most so many times the floor, which asks nobody whether they may see it; `queries`: the ceiling of statements of the
    answer; `rounds`: what takes long is measured no more often than this.
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
    rounds: int = 150

    def window(self, seeded: Seeded) -> tuple[datetime, datetime]:
        """From the beginning of a month (London) to the end of the five years."""
        first = month_before(last_day(seeded.until).replace(day=1), self.months - 1)
        return datetime.combine(first, time.min, LONDON), seeded.until

    def statements(self, seeded: Seeded) -> list[str]:
        """The floor's, with their values."""
        return [asked(name, *self.window(seeded)) for name in self.floor]

    def address(self, seeded: Seeded) -> str:
        since, until = self.window(seeded)
        return self.page.format(since=f"{since:%Y-%m}", until=f"{last_day(until):%Y-%m}")


def last_day(until: datetime) -> Any:
    """The last London day before a moment."""
    return (until - timedelta(seconds=1)).astimezone(LONDON).date()


def window(since: datetime, until: datetime) -> Window:
    return Window(since.astimezone(LONDON).date(), last_day(until))


def counts(code: str, by: str = "") -> Answers:
    """A measure of the whole force as the explorer asks it: by month, or broken down."""
    return lambda _, since, until: ask(Question(measure_of(code), window(since, until), by, monthly=not by))


def takes(code: str, which: int) -> Answers:
    """How long something took."""
    return lambda _, since, until: spreads(
        measure_of(code).took[which], Question(measure_of(code), window(since, until))
    )


def who(_: User, since: datetime, until: datetime) -> Any:
    """Who is harmed, by ethnicity and gender: incidents, crimes and people."""
    return people.who(window(since, until), None)


def every_clock(_: User, since: datetime, until: datetime) -> Any:
    return inspecting.clocks(asking(window(since, until)))


def monthly_pack(_: User, since: datetime, until: datetime) -> Any:
    """Every block of the monthly pack, as it is frozen."""
    pack = PACKS[PackCode.PERFORMANCE]
    asked = asking(window_of(pack, last_day(until).replace(day=1)))
    return [block.read(asked) for block in pack.blocks]


def asking(of: Window) -> Asking:
    return Asking(of, Unit.objects.root(), timezone.now())


def page(code: str, by: str = "") -> str:
    return f"/figures/{code.lower()}/?from={{since}}&to={{until}}" + (f"&by={by}" if by else "")


EVERY = tuple(QUESTIONS)
# fmt: off
OPERATIONS = (
    #         name        label                                     months floor
    Operation("crimes",   "explorer: crimes",                           48, ("crimes",), counts("M02"), page("M02")),
    Operation("rate",     "explorer: arrest rate",                      48, ("crimes", "arrests"), counts("M06"), page("M06")),
    Operation("teams",    "explorer: incidents and crimes by team",     48, ("reports by team",), counts("M01", "team"), page("M01", "team")),
    Operation("repeat",   "explorer: repeat victims",                   48, ("repeat victims",), counts("M20"), page("M20")),
    Operation("risk",     "explorer: movement of risk",                 48, ("risk levels",), counts("M24", "grade_now"), page("M24", "grade_now")),
    Operation("charge",   "explorer: time to charge",                   48, ("time to charge",), takes("M19", 1), page("M19")),
    Operation("outcomes", "explorer: outcomes",                         48, ("outcomes",), counts("M09", "outcome"), page("M09", "outcome")),
    Operation("owed",     "every clock",                                48, ("deadlines",), every_clock),
    Operation("said",     "answer D1: who is harmed, two ways",         48, ("victims by description",), who, "/figures/answers/d1/?from={since}&to={until}"),
    Operation("after",    "explorer: repeat after action",              48, ("repeat after action",), counts("M23", "action"), page("M23", "action"), queries=9),
    Operation("funnel",   "explorer: attrition",                        48, ("attrition",), counts("M18"), page("M18")),
    Operation("response", "explorer: response",                         48, ("response",), counts("M34"), page("M34")),
    Operation("pack",     "monthly pack, data part",                    48, EVERY, monthly_pack, most=10, queries=600, rounds=2),
)
# fmt: on
