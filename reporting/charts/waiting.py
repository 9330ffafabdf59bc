"""How long until it happens, with those to whom it has not happened yet (Kaplan and Meier 1958; C.2, M19).

Whoever measures only the cases that reached an outcome finds them quick: the slow ones are not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Wait:
    """`days` until it happened, or, where it was not `reached`, until it was last looked at (censored)."""

    days: float
    reached: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """After `days`: of `at_risk` still waiting until then `reached` got there, `censored` were not followed further."""

    days: float
    at_risk: int
    reached: int
    censored: int
    waiting: Fraction  # the share still waiting after this day, of one


@dataclass(frozen=True, slots=True)
class Curve:
    """`drops` by day. `number` of all; `not_reached` of them had not got there when they were last looked at."""

    drops: tuple[Drop, ...]
    number: int
    not_reached: int

    @property
    def median(self) -> float | None:
        """The first day after which half or fewer are still waiting; None: half of them have not reached it."""
        return self.within(Fraction(1, 2))

    def within(self, share: Fraction) -> float | None:
        """The days within which this share got there; None where that many have not."""
        return next((drop.days for drop in self.drops if drop.reached and drop.waiting <= 1 - share), None)

    def waiting_after(self, days: float) -> Fraction:
        """The share (of one) still waiting after so many days."""
        return next((drop.waiting for drop in reversed(self.drops) if drop.days <= days), Fraction(1))


def kaplan_meier(waits: Sequence[Wait]) -> Curve:
    """The share still waiting after each day on which it happened to somebody or somebody was last looked at.

    S(t) is the product of 1 - reached / at risk over the days up to t, exact. Whoever was last looked at on a day counts as
    at risk on it. Raises ValueError for a wait below nought.
    """
    by_day = groupby(sorted(waits, key=lambda wait: wait.days), key=lambda wait: wait.days)
    return counted((days, *reached_or_not(list(group))) for days, group in by_day)


def reached_or_not(waits: Sequence[Wait]) -> tuple[int, int]:
    reached = sum(wait.reached for wait in waits)
    return reached, len(waits) - reached


def counted(by_day: Iterable[tuple[float, int, int]]) -> Curve:
    """The same of waits that are counted by day already: (days, how many got there, how many were last looked at), each day
    once, the fewest first. Raises ValueError for a wait below nought.
    """
    days = list(by_day)
    if any(day < 0 for day, _reached, _censored in days):
        raise ValueError("Nothing is reached before it begins")
    number = at_risk = sum(reached + censored for _day, reached, censored in days)
    waiting, drops = Fraction(1), list[Drop]()
    for day, reached, censored in days:
        waiting *= 1 - Fraction(reached, at_risk)
        drops.append(Drop(day, at_risk, reached, censored, waiting))
        at_risk -= reached + censored
    return Curve(tuple(drops), number, sum(censored for _day, _reached, censored in days))
