"""Bars: how many in each group, how many got to each stage, how many lengths in each stretch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.charts.axis import LIST, Size, mark, px, scale
from reporting.charts.drawn import LETTER, Chart, Line, Words, nothing
from reporting.charts.points import Interval, Point, said, sure_of
from reporting.charts.spread import Stretch
from reporting.charts.stages import Stage

DRAWING = "reporting/charts/bars.html"
ROW, THICK = 34, 20  # pixels
MOST_LABEL = 0.36  # of the width; a longer label goes on over a second line


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` None: not shown, or n/a. `of`: what it is held against, drawn as an outline (the stage before).
    `sure`: between which values it lies with 95 of 100, drawn as a line with two ends.
    """

    label: str
    value: float | None
    words: str
    of: float | None = None
    sure: Interval | None = None

    @property
    def most(self) -> float:
        """How far the row reaches."""
        return max(self.value or 0, self.of or 0, self.sure.upper if self.sure else 0)


def bars(name: str, title: str, rows: Sequence[Bar], heading: str = "", how: str = "", size: Size = LIST) -> Chart:
    """The drawing, a row each, from nought. `heading` says what it shows; without one the title does."""
    if not any(row.value is not None for row in rows):
        return nothing(name, title, size, DRAWING)
    beside = 12 + max(LETTER * len(row.words) for row in rows)
    left = min(MOST_LABEL * size.width, 14 + max(LETTER * len(row.label) for row in rows))
    tall = Size(size.name, size.width, ROW * len(rows) + 40, round(left), round(beside), 8, 32)
    most = max(row.most for row in rows)
    x = scale(
        0, most or 1, tall.left, tall.plot_right, about=6, whole=all(float(row.value or 0).is_integer() for row in rows)
    )
    strokes = {
        "grid": [
            (Line(px(x.at(value)), px(tall.top), px(x.at(value)), px(tall.plot_bottom), "" if value else "foot"),
             Words(px(x.at(value)), px(tall.plot_bottom + 20), mark(value), "middle"))
            for value in x.marks
        ],
        "rows": [drawn(row, tall.top + place * ROW, tall, x.at) for place, row in enumerate(rows)],
    }  # fmt: skip
    told = f"{title}. " + " ".join(f"{row.label}: {row.words}." for row in rows)
    how = " ".join(filter(None, (how, _("Bars start at 0."))))
    return Chart(name, title, heading or title, how, told, tall, DRAWING, strokes)


def drawn(row: Bar, top: float, size: Size, at: Callable[[float], float]) -> dict[str, object]:
    """One row: its label in one or two lines, its bar, the outline of what it is held against, its number."""
    middle, high = top + ROW / 2, top + (ROW - THICK) / 2
    long, held, far = (at(value) - size.left for value in (row.value or 0, row.of or 0, row.most))
    lines = folded(row.label, round((size.left - 14) / LETTER))
    first = middle + 4.5 - 7.5 * (len(lines) - 1)
    return {
        "label": [Words(px(size.left - 8), px(first + 15 * number), line, "end") for number, line in enumerate(lines)],
        "x": px(size.left), "y": px(high), "height": px(THICK), "width": px(long),
        "sure": whisker(row.sure, middle, at) if row.sure else [],
        "outline": px(held) if row.of is not None and held > long else "",
        "words": Words(px(size.left + far + 8), px(middle + 4.5), row.words, "start", "latest"),
    }  # fmt: skip


def whisker(sure: Interval, middle: float, at: Callable[[float], float]) -> list[Line]:
    """From the least to the most that it may be, with an end at each."""
    first, last = at(sure.lower), at(sure.upper)
    ends = [Line(px(x), px(middle - 5), px(x), px(middle + 5)) for x in (first, last)]
    return [Line(px(first), px(middle), px(last), px(middle)), *ends]


def folded(label: str, letters: int) -> list[str]:
    """The label in one line, or in two."""
    if len(label) <= letters:
        return [label]
    cut = label.rfind(" ", 0, letters + 1)
    first, rest = (label[:cut], label[cut + 1 :]) if cut > 0 else (label[:letters], label[letters:])
    return [first, rest if len(rest) <= letters else rest[: letters - 1] + "…"]


def of_points(name: str, title: str, points: Sequence[Point], heading: str = "", size: Size = LIST) -> Chart:
    """A bar for each group of a breakdown; of shares with how sure each is."""
    rows = [
        Bar(point.label, None if point.value is None else float(point.value), point.words, sure=sure_of(point))
        for point in points
    ]
    how = _("The line across the end of a bar: where the true share lies in 95 of 100 such counts (Wilson).")
    return bars(name, title, rows, heading, how if any(row.sure for row in rows) else "", size)


def of_stages(name: str, title: str, stages: Sequence[Stage], size: Size = LIST) -> Chart:
    """The attrition funnel: each stage, in the outline of the one before it."""
    rows = [
        Bar(stage.label, stage.count, stage_words(stage), stages[place - 1].count if place else None)
        for place, stage in enumerate(stages)
    ]
    heading = ""
    if stages and stages[0].count:
        heading = _("Of every 100 at “%(first)s”, %(number)s got to “%(last)s”") % {
            "first": stages[0].label, "number": said(stages[-1].of_first), "last": stages[-1].label,
        }  # fmt: skip
    how = _(
        "The outline is the stage before. Beside each: how many, and how many of 100 at the stage before and at the first."
    )
    return bars(name, title, rows if stages and stages[0].count else [], heading, how, size)


def stage_words(stage: Stage) -> str:
    if stage.of_previous is None:
        return f"{stage.count:,}"
    return f"{stage.count:,} ({said(stage.of_previous)}; {said(stage.of_first)})"


def of_stretches(name: str, title: str, stretches: Sequence[Stretch], size: Size = LIST) -> Chart:
    """The histogram of lengths."""
    rows = [Bar(stretch_words(one), one.count, f"{one.count:,}") for one in stretches]
    return bars(name, title, rows if any(one.count for one in stretches) else [], size=size)


def stretch_words(one: Stretch) -> str:
    if one.most is None:
        return _("%(least)s or more") % {"least": mark(float(one.least))}
    return _("%(least)s to under %(most)s") % {"least": mark(float(one.least)), "most": mark(float(one.most))}
