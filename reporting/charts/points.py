"""A number of a measure, and how it is said: its parts, its rate, how sure it is, how it differs from another.

Rounded only where it is shown, half up to one place; kept in full before (recording_and_clocks C.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import TypeAlias

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

Number: TypeAlias = int | float | Fraction | Decimal

THIN = 30  # a rate of fewer than these is flagged (C.1)
CONFIDENT = 1.959963984540054  # standard errors that hold 95 of 100


@dataclass(frozen=True, slots=True)
class Point:
    """One figure. `label` says of what: "August 2026", "North". `part` for every `per` of `whole`; without a whole the part
    alone. `part` None: it is not shown to this reader, or what `instead` says. `month`: the first day, where it is the figure of
    a month.
    """

    label: str
    part: Number | None
    whole: int | None = None
    month: date | None = None
    per: int = 100
    instead: str = ""

    @property
    def value(self) -> Fraction | None:
        """The rate for every `per`, or the number; None where it is not shown, or of nought."""
        if self.part is None or self.whole == 0:
            return None
        return exact(self.part) if self.whole is None else self.per * exact(self.part) / self.whole

    @property
    def words(self) -> str:
        """As it is printed: 39.6, 1,020, n/a for nought of nought."""
        if self.part is None:
            return _(self.instead) if self.instead else _("not shown")
        return said(self.value, places=0 if self.whole is None and isinstance(self.part, int) else 1)

    @property
    def short(self) -> str:
        """The label where there is little room: Aug 2026."""
        return f"{MONTHS_3[self.month.month].title()} {self.month.year}" if self.month else self.label

    @property
    def is_thin(self) -> bool:
        """A rate of so few that one more or less changes it much; of nobody there is none."""
        return self.whole is not None and 0 < self.whole < THIN


@dataclass(frozen=True, slots=True)
class Interval:
    """From `lower` to `upper`, in the unit of the point."""

    lower: float
    upper: float


def of_month(first: date, part: Number | None, whole: int | None = None, per: int = 100) -> Point:
    """The figure of the month that begins on this day."""
    return Point(f"{MONTHS[first.month]} {first.year}", part, whole, first, per)


def exact(number: Number) -> Fraction:
    """The number as a fraction; of a float the decimal that it is written as, not the binary one beneath it."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def half_up(number: Number, places: int = 1) -> Decimal:
    """Rounded to so many places, halves away from nought: 12.25 is 12.3, -0.25 is -0.3."""
    value = exact(number)
    rounded = Decimal(int(abs(value) * 10**places + Fraction(1, 2))).scaleb(-places)
    return rounded.copy_negate() if value < 0 and rounded else rounded


def said(number: Number | None, places: int = 1) -> str:
    """39.6 · 1,020.0 · n/a for None. Never 0% of nought."""
    return _("n/a") if number is None else f"{half_up(number, places):,}"


def points_apart(now: Point, before: Point) -> Fraction | None:
    """How many percentage points (of two rates), or how many (of two numbers), the first is above the second."""
    return None if now.value is None or before.value is None else now.value - before.value


def change(now: Point, before: Point) -> Fraction | None:
    """The change in per cent of what it was: from 20 to 25 is 25 per cent and 5 points. None from nought."""
    if now.value is None or not before.value:
        return None
    return 100 * (now.value - before.value) / before.value


def signed(number: Number | None, places: int = 1) -> str:
    """+2.3 · −0.4 · 0.0 · n/a"""
    if number is None:
        return _("n/a")
    rounded = half_up(number, places)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded):,}"


def wilson(part: int, whole: int, per: int = 100) -> Interval | None:
    """The Wilson score interval of a share, 95 per cent, without correction; None of nought (Wilson 1927; C.2, M38).

    Raises ValueError where the part is not within the whole: that is a rate, not a share.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    if not whole:
        return None
    share, square = part / whole, CONFIDENT**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = CONFIDENT * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    lower, upper = 0.0 if part == 0 else middle - half, 1.0 if part == whole else middle + half
    return Interval(per * lower, per * upper)


def sure_of(point: Point) -> Interval | None:
    """The interval of a share; None of a number, of what is not shown, and of a rate that passes its whole."""
    if point.whole is None or not isinstance(point.part, int) or point.part > point.whole:
        return None
    return wilson(point.part, point.whole, point.per)


def values_of(points: Sequence[Point]) -> list[Fraction]:
    """Those that can be drawn."""
    return [point.value for point in points if point.value is not None]
