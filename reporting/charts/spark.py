"""A sparkline: the run of a measure in the height of a line of words, its last point, a diamond where it is outside."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.charts.axis import path, px
from reporting.charts.drawn import Dot
from reporting.charts.series import Series, heading
from reporting.charts.time_chart import unbroken

WIDTH, HEIGHT, EDGE = 132, 30, 8


@dataclass(frozen=True, slots=True)
class Spark:
    """`words` say what it shows. Empty `lines`: there is nothing to show."""

    words: str
    lines: list[str]
    dots: list[Dot]
    view_box: str = f"0 0 {WIDTH} {HEIGHT}"


def spark(title: str, told: Series) -> Spark:
    """The drawing. No axis: it tells the way, not the size, and stands beside the number."""
    values = [float(point.value) for point in told.points if point.value is not None]
    if not values:
        return Spark(_("%(title)s: there is nothing to show") % {"title": title}, [], [])
    low, high = min(values), max(values)
    wide = (WIDTH - 2 * EDGE) / max(1, len(told.points) - 1)

    def at(place: int, value: float) -> tuple[float, float]:
        height = (value - low) / (high - low) if high > low else 0.5
        return EDGE + place * wide, HEIGHT - EDGE - height * (HEIGHT - 2 * EDGE)

    lines = [path([at(place, value) for place, value in run]) for run in unbroken(told.points)]
    shown = [(place, "outside") for place in told.outside]
    shown += [] if told.latest in told.outside else [(told.latest, "")]
    dots = [
        Dot(px(x), px(y), kind, 4.5)
        for place, kind in shown
        for x, y in [at(place, float(told.points[place].value or 0))]
    ]
    words = f"{title}, {told.points[0].label} – {told.points[-1].label}. {heading(told)}."
    return Spark(words, lines, dots)
