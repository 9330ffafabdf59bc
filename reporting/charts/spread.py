"""How a set of lengths lies: percentiles, and how many in each stretch."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reporting.charts.points import Number


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` of them lie from `least` up to, not including, `most`; `most` None: and more."""

    least: Number
    most: Number | None
    count: int


def percentile(values: Sequence[float], share: int) -> float:
    """The nearest-rank percentile, in the unit of the values: the least that `share` in a hundred do not pass.

    It is always a value that was there. Raises ValueError of nothing.
    """
    if not values:
        raise ValueError("There is no percentile of nothing")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


def histogram(values: Sequence[float], edges: Sequence[float]) -> list[Stretch]:
    """How many lie between each edge and the next, and how many at the last edge or beyond. Every value is counted once.

    Raises ValueError where the edges do not rise or a value lies before the first.
    """
    if list(edges) != sorted(set(edges)):
        raise ValueError("Edges must rise")
    counts = [0] * len(edges)
    for value in values:
        place = bisect_right(edges, value)
        if not place:
            raise ValueError(f"{value} lies before the first edge")
        counts[place - 1] += 1
    tops = [*edges[1:], None]
    return [Stretch(least, most, count) for least, most, count in zip(edges, tops, counts, strict=True)]
