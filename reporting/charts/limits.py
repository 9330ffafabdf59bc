"""Control limits: how far a figure moves from month to month when nothing has changed.

Outside the limits means ask why; inside them a reason for the wobble explains nothing. Limits start again where counting
changed, such as June 2023: what was counted otherwise is no measure of what came after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

from reporting.charts.points import Point

STANDARD_ERRORS = 3
MOVING_RANGES = 2.66  # 3 / 1.128: three sigma from the mean of ranges of two (Shewhart; Wheeler)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a point is held against, in the unit of its value. `mean` is that of its run, weighted by the wholes."""

    mean: float
    lower: float
    upper: float

    def against(self, value: float) -> str:
        """ "above", "below" or "" for within; on the limit is within."""
        return "above" if value > self.upper else "below" if value < self.lower else ""


def restarts(points: Sequence[Point], changes: Collection[date]) -> list[int]:
    """The places at which limits start again: the first month that begins on or after each change of counting."""
    return [
        next((place for place, point in enumerate(points) if point.month and point.month >= change), len(points))
        for change in changes
    ]


def runs(length: int, starts: Collection[int]) -> Iterator[range]:
    """The stretches of points that are counted alike."""
    cuts = sorted({0, length} | {start for start in starts if 0 < start < length})
    yield from (range(first, last) for first, last in pairwise(cuts))


def p_chart(points: Sequence[Point], starts: Collection[int] = ()) -> list[Limits | None]:
    """Limits of each rate: three standard errors around the mean of its run, by its own whole. None of nought.

    The mean is all parts by all wholes. Of shares below one the error is the binomial, sqrt(p (1 - p) / n), and no limit is
    beyond all of them; a rate that passes one for each (arrests may) is taken as counted events, sqrt(p / n).
    """
    found: list[Limits | None] = [None] * len(points)
    for run in runs(len(points), starts):
        known = [point for place in run if (point := points[place]).whole and point.part is not None]
        if not known:
            continue
        mean = sum(float(point.part or 0) for point in known) / sum(point.whole or 0 for point in known)
        share = are_shares(known)
        for place in run:
            if points[place].whole:
                found[place] = around(mean, points[place], share)
    return found


def are_shares(points: Sequence[Point]) -> bool:
    """Whether no part is more than its whole."""
    return all(float(point.part or 0) <= (point.whole or 0) for point in points)


def around(mean: float, point: Point, share: bool) -> Limits:
    """The limits of one point. `mean`: for each one of the whole; `share`: no part is more than its whole."""
    reach = STANDARD_ERRORS * standard_error(mean, point.whole or 1, share)
    upper = min(1.0, mean + reach) if share else mean + reach
    return Limits(point.per * mean, point.per * max(0.0, mean - reach), point.per * upper)


def standard_error(mean: float, whole: float, share: bool) -> float:
    """Of a share, or of a rate below one, that of the binomial; of a rate of one or more that of counted events (Poisson)."""
    return sqrt(mean * (1 - mean) / whole) if share or mean < 1 else sqrt(mean / whole)


def xmr(points: Sequence[Point], starts: Collection[int] = (), floor: float | None = 0.0) -> list[Limits | None]:
    """Limits of each number (XmR, individuals): the mean of its run and 2.66 mean moving ranges to both sides.

    A moving range is how far a number is from the one before it, in the same run. None where a run has fewer than two. No
    lower limit is beneath `floor`: nothing is counted below nought.
    """
    found: list[Limits | None] = [None] * len(points)
    for run in runs(len(points), starts):
        values = [float(value) for place in run if (value := points[place].value) is not None]
        if len(values) < 2:
            continue
        mean = sum(values) / len(values)
        reach = MOVING_RANGES * sum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)
        lower = mean - reach if floor is None else max(floor, mean - reach)
        for place in run:
            found[place] = Limits(mean, lower, mean + reach)
    return found


def against(point: Point, limits: Limits | None) -> str:
    """ "above", "below", "" for within, or for what cannot be held against anything."""
    return "" if limits is None or point.value is None else limits.against(float(point.value))
