"""From which to which month, and of which unit: what the pages of answers and of data quality are asked for, in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Unit, User
from reporting.figures.asked import OF_FORCE, month_after, month_before, month_of, unit_of, units_for
from reporting.measures.reckon import NotOffered, Window

MONTHS = 12
MOST = 60  # months


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, the first and the last with it; `unit` None is the force."""

    first: date
    last: date
    unit: Unit | None = None

    @property
    def window(self) -> Window:
        return Window(self.first, month_after(self.last) - timedelta(days=1))

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def pairs(self) -> dict[str, str]:
        said = {"from": f"{self.first:%Y-%m}", "to": f"{self.last:%Y-%m}", "unit": self.unit.code if self.unit else ""}
        return {name: value for name, value in said.items() if value}

    def address(self, page: str, *args: Any, **more: Any) -> str:
        """A page of this span. `more`: what else the address says, where it says anything."""
        said = self.pairs | {name: str(value) for name, value in more.items() if value}
        return f"{reverse(page, args=args)}?{urlencode(said)}"


def read(said: Mapping[str, str], user: User, today: date) -> Span:
    """The span of an address; the last twelve whole months where none is said. Raises NotOffered."""
    last = month_of(said.get("to", ""), month_before(today.replace(day=1)), "last")
    first = month_of(said.get("from", ""), month_before(last, MONTHS - 1), "first")
    if last < first:
        raise NotOffered("The window ends before it begins. Choose a last month that is not before the first.")
    found = Span(first, last, unit_of(said.get("unit", ""), user))
    if found.months > MOST:
        raise NotOffered("That is more than five years. Choose a shorter time.")
    return found


def choices(user: User) -> dict[str, Any]:
    """What the chooser of a page offers this person."""
    return {"force": user.holds(OF_FORCE, None), "units": units_for(user)}
