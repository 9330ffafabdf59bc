"""Where a value stands on a drawing: round numbers along an axis, and places that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

STEPS = (1, 2, 4, 5, 10)  # an axis counts in these, or ten times more or less
FINEST = 1e-6  # of the largest value: what differs by less is one
NEAR_NOUGHT = 0.5  # what comes as near to nought as half of its highest starts at nought
LINE = 15.0  # pixels from one line of words to the next


@dataclass(frozen=True, slots=True)
class Size:
    """Of a drawing, in pixels, and the room around what is drawn: for words at the left and right, above and beneath."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int = 30
    bottom: int = 34

    @property
    def plot_right(self) -> int:
        return self.width - self.right

    @property
    def plot_bottom(self) -> int:
        return self.height - self.bottom

    def with_name(self) -> Size:
        """With room for the name of what the horizontal axis counts."""
        return replace(self, height=self.height + 18, bottom=self.bottom + 18)


WIDE = Size("wide", 1112, 320, 48, 132)
HALF = Size("half", 560, 270, 44, 118)
LIST = Size("list", 760, 0, 0, 0)
PAPER = Size("paper", 672, 224, 44, 118)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`, drawn from one pixel to another, with a mark each `step`."""

    low: float
    high: float
    step: float
    first: float
    last: float

    def at(self, value: float) -> float:
        return self.first + (value - self.low) / (self.high - self.low) * (self.last - self.first)

    @property
    def marks(self) -> list[float]:
        return [
            round(self.low + place * self.step, 9) for place in range(round((self.high - self.low) / self.step) + 1)
        ]


def scale(low: float, high: float, first: float, last: float, about: int = 5, *, whole: bool = False) -> Scale:
    """An axis of round numbers that holds both, in about so many steps; it starts at nought where that is near. `whole`: what
    is counted has no halves.
    """
    if 0 <= low <= high * NEAR_NOUGHT:
        low = 0.0
    finest = 1.0 if whole else FINEST * max(1.0, abs(low), abs(high))
    step = round_step(max((high - low) / about or abs(high) / about or 1.0, finest))
    bottom, top = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    return Scale(round(bottom, 9), round(max(top, bottom + step), 9), step, first, last)


def round_step(rough: float) -> float:
    """The next round number not below this."""
    power = 10.0 ** floor(log10(rough))
    return next(round(step * power, 12) for step in STEPS if step * power >= rough * 0.999999)


def mark(value: float) -> str:
    """A number beneath or beside an axis: 28, 1,020, 0.5."""
    return f"{value:,.0f}" if value == round(value) else f"{round(value, 6):,g}"


def px(value: float) -> str:
    """A length in a drawing; the same in every language."""
    return f"{value:.1f}".removesuffix(".0")


def path(places: Sequence[tuple[float, float]]) -> str:
    """A line through these places."""
    return "M" + " L".join(f"{px(x)} {px(y)}" for x, y in places) if places else ""


def apart(wanted: Sequence[float], gap: float, first: float, last: float) -> list[float]:
    """The places nearest to those wanted that keep their order and are `gap` from each other, within first and last."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = [0.0] * len(wanted)
    lowest = first
    for place in order:
        found[place] = max(wanted[place], lowest)
        lowest = found[place] + gap
    highest = last
    for place in reversed(order):
        found[place] = min(found[place], highest)
        highest = found[place] - gap
    return found
