"""A measure by month: one line, its mean and limits, diamonds where it is outside, dotted lines where counting changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reporting.charts.axis import LINE, WIDE, Scale, Size, apart, path, px, scale
from reporting.charts.drawn import Chart, Dot, Line, Words, grid, levels, nothing, width_of
from reporting.charts.limits import against, restarts
from reporting.charts.points import Point, said, values_of
from reporting.charts.series import Change, Note, Other, Series, heading, how_limits, letter, starts_at, summary
from reporting.charts.spacing import Beside, spaced

DRAWING = "reporting/charts/over_time.html"
SAMPLE = 26  # pixels of line before its name
DASHES = ("7 4", "2 4", "10 4 2 4")  # of the lines behind: they must be told apart in grey
ROOM = 0.12  # of the height, above and beneath, for what is written there
EVERY = (1, 2, 3, 6, 12, 24)  # months from one word beneath the axis to the next


def over_time(
    name: str,
    title: str,
    told: Series,
    changes: Sequence[Change] = (),
    notes: Sequence[Note] = (),
    size: Size = WIDE,
    others: Sequence[Other] = (),
) -> Chart:
    """The drawing. `title` names the measure; a month that is not shown, or n/a, leaves a gap in the line. `others` are drawn
    behind it, without limits. Raises ValueError for more of them than can be told apart in grey, or of other months.
    """
    refuse(told, others)
    if not values_of(told.points):
        return nothing(name, title, size, DRAWING)
    changes = between(told.points, changes)
    ends = [*ends_of(told), *(end for number, one in enumerate(others) for end in end_of_other(number, one))]
    size = replace(size, right=max(size.right, round(max(end.wide for end in ends))))
    x, y = Columns(len(told.points), size), height(told, others, size)
    changed = where_changed(told.points, changes, x)
    marked = dotted([*changed, *where_noted(told.points, notes, x)], size)  # together: no words run into each other
    strokes = {
        "grid": grid(y, size),
        "feet": feet_of(told.points, x, size),
        "bands": [band(run, told, x, y) for run in stretches(told)],
        "others": [
            {"dash": dash, "lines": lines_of(one.points, x, y)} for one, dash in zip(others, DASHES, strict=False)
        ],
        "lines": lines_of(told.points, x, y),
        "dots": dots(told, x, y),
        "labels": labels(told, x, y, size),
        "changes": marked[: len(changed)],
        "notes": marked[len(changed) :],
        "spans": lasted(told.points, notes, x, size),
        "beside": beside(ends, y, size),
    }
    how = " ".join(filter(None, (how_limits(told, changes), starts_at(y))))
    said_notes = [f"{letter(place)}. {one.words}" for place, one in enumerate(notes)]
    words = summary(title, told, changes, others)
    return Chart(name, title, heading(told), how, words, size, DRAWING, strokes, said_notes)


def refuse(told: Series, others: Sequence[Other]) -> None:
    if len(others) > len(DASHES):
        raise ValueError(f"{len(others)} lines cannot be told apart; at most {len(DASHES)}")
    for one in others:
        if len(one.points) != len(told.points):
            raise ValueError(f"{one.label} has {len(one.points)} points, not {len(told.points)}")


def height(told: Series, others: Sequence[Other], size: Size) -> Scale:
    """The vertical axis: it holds every point and limit, with room for words."""
    values = [float(value) for points in (told.points, *(one.points for one in others)) for value in values_of(points)]
    values += [edge for one in told.limits if one for edge in (one.lower, one.upper)]
    low, high = min(values), max(values)
    room = ROOM * (high - low)
    foot = max(0.0, low - room) if low >= 0 else low - room
    return scale(foot, high + room, size.plot_bottom, size.top, whole=are_counts(told.points))


def lines_of(points: Sequence[Point], x: Columns, y: Scale) -> list[str]:
    return [path([(x.at(place), y.at(value)) for place, value in run]) for run in unbroken(points)]


def are_counts(points: Sequence[Point]) -> bool:
    return all(point.whole is None and isinstance(point.part, int | None) for point in points)


@dataclass(frozen=True, slots=True)
class Columns:
    """So many points side by side, each in the middle of its column."""

    number: int
    size: Size

    @property
    def width(self) -> float:
        return (self.size.plot_right - self.size.left) / self.number

    def at(self, place: float) -> float:
        return self.size.left + (place + 0.5) * self.width


def unbroken(points: Sequence[Point]) -> list[list[tuple[int, float]]]:
    """The stretches of points without a gap."""
    found: list[list[tuple[int, float]]] = [[]]
    for place, point in enumerate(points):
        if point.value is not None:
            found[-1].append((place, float(point.value)))
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def stretches(told: Series) -> list[list[int]]:
    """The stretches of points with limits around the same mean."""
    found: list[list[int]] = []
    for place, one in enumerate(told.limits):
        if one is None:
            continue
        before = told.limits[place - 1] if place else None
        if before is not None and before.mean == one.mean:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def band(run: Sequence[int], told: Series, x: Columns, y: Scale) -> dict[str, str]:
    """The shape between the limits, both edges in steps, and the mean, of one stretch."""
    found: dict[str, list[tuple[float, float]]] = {"upper": [], "lower": [], "mean": []}
    for place in run:
        one = told.limits[place]
        if one is not None:
            for edge in (x.at(place - 0.5), x.at(place + 0.5)):
                found["upper"].append((edge, y.at(one.upper)))
                found["lower"].append((edge, y.at(one.lower)))
                found["mean"].append((edge, y.at(one.mean)))
    shape = path([*found["upper"], *reversed(found["lower"])]) + " Z"
    return {"shape": shape, **{edge: path(places) for edge, places in found.items()}}


def dots(told: Series, x: Columns, y: Scale) -> list[Dot]:
    outside = set(told.outside)
    return [
        Dot(px(x.at(place)), px(y.at(float(point.value))), "outside" if place in outside else "")
        for place, point in enumerate(told.points)
        if point.value is not None
    ]


def labels(told: Series, x: Columns, y: Scale, size: Size) -> list[Words]:
    """The month and value of each point outside, over those above and beneath those below, the newest before the others. The
    latest has its words at the right of the plot.
    """
    wanted = []
    drawn = [(x.at(place), y.at(value)) for run in unbroken(told.points) for place, value in run]
    for place in reversed(told.outside):
        point = told.points[place]
        if place == told.latest:
            continue
        above = against(point, told.limits[place]) == "above"
        text = f"{point.short}: {point.words}"
        wanted.append(Beside(x.at(place), y.at(float(point.value or 0)), text, above=above))
    return spaced(wanted, size, drawn)[::-1]


def between(points: Sequence[Point], changes: Sequence[Change]) -> list[Change]:
    """Those that have points before them and after them; another says nothing of this chart."""
    places = restarts(points, [change.day for change in changes])
    return [one for one, place in zip(changes, places, strict=True) if 0 < place < len(points)]


def where_changed(points: Sequence[Point], changes: Sequence[Change], x: Columns) -> list[tuple[float, str]]:
    """Before the first point that is counted otherwise."""
    places = restarts(points, [change.day for change in changes])
    return [(x.at(place - 0.5), one.words) for one, place in zip(changes, places, strict=True)]


def where_noted(points: Sequence[Point], notes: Sequence[Note], x: Columns) -> list[tuple[float, str]]:
    """Over the month in which it was."""
    months = {point.month: place for place, point in enumerate(points) if point.month}
    return [
        (x.at(months[day]), letter(number))
        for number, one in enumerate(notes)
        if (day := one.day.replace(day=1)) in months
    ]


def lasted(points: Sequence[Point], notes: Sequence[Note], x: Columns, size: Size) -> list[Line]:
    """Along the top, from the month in which something began to the one in which it ended, with an end that points down."""
    months = [point.month for point in points]
    found = []
    for one in notes:
        first, last = one.day.replace(day=1), (one.until or one.day).replace(day=1)
        during = [place for place, month in enumerate(months) if month and first <= month <= last]
        if first in months and len(during) > 1:
            top, (begun, ended) = size.top - 16, (x.at(during[0]), x.at(during[-1]))
            found.append(Line(px(begun), px(top), px(ended), px(top)))
            found.append(Line(px(ended), px(top), px(ended), px(top + 8)))
    return found


def dotted(there: Sequence[tuple[float, str]], size: Size) -> list[tuple[Line, Words]]:
    """A line down at each of these places, its words at the top: at the right of it, or at the left where there is no room."""
    left = [at + 6 + width_of(words) > size.width for at, words in there]
    spans = [
        (at - 6 - width_of(words), at) if turned else (at, at + 6 + width_of(words))
        for (at, words), turned in zip(there, left, strict=True)
    ]
    order = sorted(range(len(there)), key=lambda place: spans[place])  # from the left, whatever each is of
    level_of = dict(zip(order, levels([spans[place] for place in order]), strict=True))
    found = []
    for place, ((at, words), turned) in enumerate(zip(there, left, strict=True)):
        level = level_of[place]
        line = Line(px(at), px(size.top - 16), px(at), px(size.plot_bottom))
        end = "end" if turned else "start"
        found.append((line, Words(px(at + (-6 if turned else 6)), px(size.top - 7 + level * LINE), words, end)))
    return found


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the right of the plot, beside `value`; with a sample of its line where that is not the plain one."""

    value: float
    words: str
    kind: str = ""
    dash: str = ""

    @property
    def wide(self) -> float:
        """Pixels from the plot to the end of the words; bold letters are wider."""
        return 16 + 1.1 * width_of(self.words) + (SAMPLE + 6 if self.dash else 0)


def ends_of(told: Series) -> list[End]:
    """The latest value, and the mean and limits that it is held against."""
    point, limits = told.points[told.latest], told.limits[told.latest]
    latest = End(float(point.value or 0), f"{point.short} {point.words}", "latest")
    if limits is None:
        return [latest]
    return [
        latest,
        End(limits.upper, _("Upper limit %(value)s") % {"value": said(limits.upper)}),
        End(limits.mean, _("Mean %(value)s") % {"value": said(limits.mean)}, "mean"),
        End(limits.lower, _("Lower limit %(value)s") % {"value": said(limits.lower)}),
    ]


def end_of_other(number: int, other: Other) -> list[End]:
    """The name of a line behind it, and its last value."""
    last = other.latest
    return [End(float(last.value or 0), f"{other.label} {last.words}", "mean", DASHES[number])] if last else []


def beside(ends: Sequence[End], y: Scale, size: Size) -> list[tuple[Line | None, str, Words]]:
    """Each end at its height, or as near to it as there is room."""
    feet = apart([y.at(one.value) + 4.5 for one in ends], LINE, size.top, size.plot_bottom)
    first = size.plot_right + 8
    found = []
    for one, foot in zip(ends, feet, strict=True):
        sample = Line(px(first), px(foot - 4.5), px(first + SAMPLE), px(foot - 4.5)) if one.dash else None
        at = first + (SAMPLE + 6 if one.dash else 0)
        found.append((sample, one.dash, Words(px(at), px(foot), one.words, "start", one.kind)))
    return found


def feet_of(points: Sequence[Point], x: Columns, size: Size) -> list[tuple[Line, Words]]:
    """Ticks and months beneath the axis, as many as have room; with months each January among them."""
    widest = max(width_of(point.short) for point in points) + 14
    every = next((step for step in EVERY if step * x.width >= widest), EVERY[-1])
    found = []
    for place, point in enumerate(points):
        number = 12 * point.month.year + point.month.month - 1 if point.month else place
        half = x.width * max(1, every) / 2 - 2
        if number % every == 0 and half < size.width - x.at(place):
            at = px(x.at(place))
            tick = Line(at, px(size.plot_bottom), at, px(size.plot_bottom + 5))
            found.append((tick, Words(at, px(size.plot_bottom + 20), point.short, "middle")))
    return found
