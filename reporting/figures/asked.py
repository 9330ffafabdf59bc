"""The address of an explorer page is its question: read here, written here, so that it can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import slugify

from accounts.models import Unit, User
from accounts.roles import roles
from reporting.measures import asking
from reporting.measures.declare import Measure, Part
from reporting.measures.reckon import Answer, CountedOnce, NotOffered, Question, Window, ask

#: Whose work the figures of the whole force are; whoever manages a unit reads those of that unit.
OF_FORCE = roles("analyst", "command", "chief_officer")
OF_UNIT = roles("sergeant", "inspector", "superintendent")
READS = OF_FORCE | OF_UNIT
MONTHS = 48
YEAR_BEFORE, FORCE, OTHERS = "year", "force", "others"
COMPARED = {
    "": "Nothing", YEAR_BEFORE: "The same months a year before", FORCE: "The force", OTHERS: "What others publish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one measure: which of its parts, from the first to the last month, of which unit, broken down by what.

    `counts`: what its page has counted already.
    """

    measure: Measure
    part: Part | None
    first: date
    last: date
    by: str = ""
    unit: Unit | None = None
    compare: str = ""
    time: str = ""  # which of the times that a measure is of
    counts: CountedOnce = field(default_factory=CountedOnce, compare=False, repr=False)

    @property
    def window(self) -> Window:
        return Window(self.first, month_after(self.last) - timedelta(days=1))

    def question(self, *, monthly: bool = False) -> Question:
        return Question(self.measure, self.window, self.by, self.unit, monthly)

    def answer(self, *, monthly: bool = False) -> Answer:
        """Its figures, live; what was counted for another question of the same page is not counted again."""
        return ask(self.question(monthly=monthly), self.counts)

    def but(self, **changed: Any) -> Asked:
        return replace(self, **changed)

    @property
    def pairs(self) -> dict[str, str]:
        said = {
            "from": f"{self.first:%Y-%m}", "to": f"{self.last:%Y-%m}", "part": self.part.code if self.part else "",
            "by": self.by, "unit": self.unit.code if self.unit else "", "compare": self.compare,
            "time": self.time,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}

    @property
    def address(self) -> str:
        return f"{reverse('figure', args=[self.measure.slug])}?{urlencode(self.pairs)}"

    def file(self, kind: str) -> str:
        return f"{reverse('figure-file', args=[self.measure.slug, kind])}?{urlencode(self.pairs)}"

    def cases(self, which: str, month: date | None, group: Any) -> str:
        """The address of the cases behind a figure. `which`: its number, or what it is of."""
        said = self.pairs | {
            "which": which,
            "month": f"{month:%Y-%m}" if month else "",
            "group": "" if group is None else str(group),
        }
        return f"{reverse('figure-cases', args=[self.measure.slug])}?{urlencode(said)}"


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date, months: int = 1) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(years, month + 1, 1)


def month_of(said: str, otherwise: date, which: str) -> date:
    """A month written 2026-10. Raises NotOffered."""
    return asking.day_of(f"{said}-01", which) if said else otherwise


def read(measure: Measure, said: Mapping[str, str], user: User, today: date) -> Asked:
    """The question of an address. Raises NotOffered for what cannot be answered, or is not for this person."""
    usual = date(today.year - 1, 12, 1) if measure.private else month_before(today.replace(day=1))
    last = month_of(said.get("to", ""), usual, "last")
    first = month_of(said.get("from", ""), month_before(last, 11 if measure.private else MONTHS - 1), "first")
    unit = unit_of(said.get("unit", ""), user)
    asked = Asked(
        measure,
        part_of(measure, said.get("part", "")),
        first,
        last,
        said.get("by", ""),
        unit,
        compared(said.get("compare", ""), unit),
        time_of(measure, said.get("time", "")),
    )
    asking.question(measure, asked.window, asked.by, user, unit)
    return asked


def may_read(measure: Measure, user: User) -> bool:
    """Whether the measure is there for this person: what is of the force alone is for those who answer for it."""
    return not measure.of_force or user.holds(OF_FORCE, None)


def part_of(measure: Measure, code: str) -> Part | None:
    if not measure.parts:
        return None
    found = {part.code: part for part in measure.parts}
    if code and code not in found:
        raise NotOffered("That measure has no such figure. Choose one of those offered.")
    return found[code] if code else measure.parts[0]


def compared(code: str, unit: Unit | None) -> str:
    if code not in COMPARED:
        raise NotOffered("That is nothing to compare with. Choose one of those offered.")
    if code == FORCE and unit is None:
        raise NotOffered("The force cannot be compared with itself. Choose a unit to set beside it.")
    return code


def time_of(measure: Measure, code: str) -> str:
    if code and code not in {slugify(took.label) for took in measure.took}:
        raise NotOffered("That measure is of no such time. Choose one of those offered.")
    return code


def unit_of(code: str, user: User) -> Unit | None:
    """The unit whose figures are asked for; None is the force. Whoever answers for no force reads the first unit of their own."""
    offered = units_for(user)
    if not code and user.holds(OF_FORCE, None):
        return None
    found = next((unit for unit in offered if unit.code == code or not code), None)
    if found is None:
        raise NotOffered("Figures of that unit are not yours to read. Choose one of those offered.")
    return found


def units_for(user: User) -> list[Unit]:
    """The units whose figures somebody may read, from the top down: every one for those who answer for the force, else those
    that they manage and what is beneath. Closed units keep their figures.
    """
    rows = Unit.objects.filter(parent__isnull=False).order_by("lineage")
    if user.holds(OF_FORCE, None):
        return list(rows)
    return [unit for unit in rows if user.holds(OF_UNIT, unit)]
