"""Words beside points: none runs into another, and where there is no room left the point stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.charts.axis import LINE, Size, px
from reporting.charts.drawn import Words, inside, width_of

LEVELS = 3  # lines that words may give way
MARK = 6.0  # pixels that a point takes up on each side
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # how much of the words stands before the place they are put at
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Beside:
    """Words that belong over a point (pixels), or beneath it."""

    x: float
    y: float
    words: str
    above: bool


def spaced(wanted: Sequence[Beside], size: Size, drawn: Sequence[tuple[float, float]] = ()) -> list[Words]:
    """As many of them as there is room for, what matters most first; the table says them all. `drawn`: the places of points,
    which no words may cover.
    """
    found: list[Words] = []
    taken: list[Box] = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in drawn]
    for one in wanted:
        at, end = inside(one.x, one.words, size)
        boxes = (box_of(at, foot_of(one, level, size), end, one.words) for level in range(LEVELS))
        free = next((box for box in boxes if not any(meet(box, other) for other in taken)), None)
        if free is not None:
            taken.append(free)
            found.append(Words(px(at), px(free[3]), one.words, end, "outside"))
    return found


def foot_of(one: Beside, level: int, size: Size) -> float:
    """Where the words stand, so many lines from the point, on the drawing."""
    away = 12 + level * LINE
    return min(max(one.y - away if one.above else one.y + away + 11, 12.0), size.plot_bottom - 4.0)


def box_of(at: float, foot: float, end: str, words: str) -> Box:
    left = at - width_of(words) * BEFORE[end]
    return left, foot - LINE, left + width_of(words), foot


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
