"""The strokes that charts share: what a template needs to draw them and no more. Lengths are ready for SVG."""

from __future__ import annotations

from dataclasses import dataclass, field

from reporting.charts.axis import Scale, Size, mark, px

LETTER = 7.6  # pixels a letter takes at most, of the size that is drawn: no label runs into the next


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a drawing, their foot at `y`. `anchor`: the end that stands at `x`."""

    x: str
    y: str
    words: str
    anchor: str = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point. `kind`: "" within, "outside" a diamond, "near" hollow."""

    x: str
    y: str
    kind: str = ""
    reach: float = 7.0  # pixels from the middle of a diamond to its points

    @property
    def diamond(self) -> str:
        x, y, far = float(self.x), float(self.y), self.reach
        return f"{px(x)},{px(y - far)} {px(x + far)},{px(y)} {px(x)},{px(y + far)} {px(x - far)},{px(y)}"


@dataclass(frozen=True, slots=True)
class Chart:
    """What figure.html draws. `name` is an id of the page; `heading` says what it shows, `how` how to read it, `summary` the
    same in words for who does not see it. Empty: there is nothing to show, and that is said.
    """

    name: str
    title: str
    heading: str
    how: str
    summary: str
    size: Size
    drawing: str
    strokes: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.size.width} {self.size.height}"

    @property
    def is_empty(self) -> bool:
        return not self.strokes


def nothing(name: str, title: str, size: Size, drawing: str) -> Chart:
    """A chart of nothing."""
    return Chart(name, title, title, "", "", size, drawing)


def grid(axis: Scale, size: Size) -> list[tuple[Line, Words]]:
    """The lines of the vertical axis, the lowest of them its foot."""
    found = []
    for value in axis.marks:
        y = px(axis.at(value))
        kind = "foot" if value == axis.marks[0] else ""
        words = Words(px(size.left - 8), px(axis.at(value) + 4.5), mark(value), "end")
        found.append((Line(px(size.left), y, px(size.plot_right), y, kind), words))
    return found


def feet(axis: Scale, size: Size) -> list[Words]:
    """The numbers beneath a horizontal axis."""
    foot = px(size.plot_bottom + 20)
    return [Words(px(axis.at(value)), foot, mark(value), "middle") for value in axis.marks]


def width_of(words: str) -> float:
    """About how wide the words are, in pixels; rather too wide."""
    return LETTER * len(words)


def inside(x: float, words: str, size: Size) -> tuple[float, str]:
    """Where words that belong over `x` stand, and by which end, so that they stay within the plot."""
    half = width_of(words) / 2
    if x + half > size.plot_right:
        return min(x + 6, float(size.plot_right)), "end"
    return (max(x - 6, float(size.left)), "start") if x - half < size.left else (x, "middle")


def levels(spans: list[tuple[float, float]]) -> list[int]:
    """On which line each of these stretches (from, to) stands so that none runs into another: 0 unless it must give way."""
    ends: list[float] = []
    found: list[int] = []
    for first, last in spans:
        level = next((number for number, end in enumerate(ends) if end <= first), len(ends))
        ends[level : level + 1] = [last]
        found.append(level)
    return found
