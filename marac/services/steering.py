"""What the steering group reads of a quarter: what was heard, beside what is expected; who came; what was done (D.6, D.9).

Figures of a forum as a whole; they name nobody and no case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marac.figures import DERIVED
from marac.models import FigureBand, Forum, NationalValue
from marac.services.attending import SeatLine, meetings_held, seat_lines
from marac.services.counting import YEAR, Quarter, Rolling, later, quarters, rolling
from marac.services.following import AgencyLine, Outcomes, outcomes, steering_lines, together
from workflow.clock import LONDON

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of twelve months, with what is expected of it and what others published."""

    row: Any
    value: float | None
    band: FigureBand | None
    published: list[NationalValue]

    @property
    def place(self) -> str:
        """ "below", "within", "above" what is expected; "" where either is not known."""
        return self.band.place(self.value) if self.band and self.value is not None else ""


def beside(twelve: Rolling, quarter: date) -> list[Beside]:
    """Each figure of the twelve months that end with a quarter. Two queries."""
    last_day = later(quarter, 1)
    bands = FigureBand.objects.in_force(last_day)
    rows = NationalValue.objects.filter(begins_on__lte=quarter, begins_on__gt=later(quarter, -2 * YEAR))
    published = list(rows.order_by("figure", "-begins_on", "pk")[:SHOWN])
    return [
        Beside(row, twelve.values[row.code], bands.get(row.code), [one for one in published if one.figure == row.code][:3])
        for row in DERIVED
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `year`: what became of the cases of the year that ended twelve months before the quarter did."""

    forum: Forum
    first: date
    before: date
    quarter: Quarter
    twelve: Rolling
    figures: list[Beside]
    lines: list[AgencyLine]
    all: AgencyLine
    seats: list[SeatLine]
    year_from: date
    year: Outcomes


def report_of(forum: Forum, first: date, now: datetime) -> Report:
    """The report of the quarter that begins on a day, as at a moment (UTC). As many queries for few cases as for many."""
    before = later(first, 1)
    rows = quarters(forum, later(first, -YEAR), first, now.astimezone(LONDON).date())
    twelve = rolling(rows, len(rows) - 1, forum.women_over_16)
    lines = steering_lines(forum, first, before, now)
    year_from = later(before, -2 * YEAR)
    return Report(
        forum, first, before, rows[-1], twelve, beside(twelve, first), lines, together(lines, ""),
        seat_lines(forum, meetings_held(forum, first, before), now), year_from, outcomes(forum, year_from, now),
    )  # fmt: skip
