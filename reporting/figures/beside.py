"""What a figure is set beside: the year before, the force, and what others publish of the same measure (S2-028)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from reporting.charts.points import Point, of_month, said
from reporting.charts.series import Other
from reporting.charts.tables import Cell, Table
from reporting.figures.asked import FORCE, OTHERS, YEAR_BEFORE, Asked, month_before
from reporting.measures.declare import Part
from reporting.measures.reckon import Answer, Value
from reporting.outside.cells import after
from reporting.outside.standing import Benchmark, benchmarks

LINES = 3  # of others, that can be told apart in grey


def others(asked: Asked, part: Part) -> list[Other]:
    """The lines behind the months of a figure: what it was asked to be compared with."""
    if asked.compare == YEAR_BEFORE:
        return [year_before(asked, part)]
    if asked.compare == FORCE and part.of is not None:
        return [line(_("The force"), asked.but(unit=None), part, asked.window.months())]
    return published_lines(asked, part) if asked.compare == OTHERS else []


def year_before(asked: Asked, part: Part) -> Other:
    """The same months a year before, drawn on the months of now."""
    before = asked.but(first=month_before(asked.first, 12), last=month_before(asked.last, 12))
    return line(_("A year before"), before, part, asked.window.months())


def line(label: str, asked: Asked, part: Part, months: Sequence[date]) -> Other:
    """The months of another question, each drawn where `months` says."""
    answer = asked.answer(monthly=True)
    points = [month_point(answer, part, month, drawn) for month, drawn in zip(answer.months, months, strict=True)]
    return Other(label, points)


def month_point(answer: Answer, part: Part, month: date, drawn: date | None = None) -> Point:
    at = drawn or month
    return point_of(answer.value(part.code, month), of_month(at, 0).label, at)


def point_of(value: Value, label: str, month: date | None = None) -> Point:
    """A figure as it is drawn: what is not known, or kept back, is a gap that says why."""
    if value.lacking:
        return Point(label, None, None if value.whole is None else 0, month, value.per, value.lacking)
    return Point(label, value.some, value.whole, month, value.per)


# --- what others publish ---
def comparable(asked: Asked) -> bool:
    """Others publish a measure's first figure. A rate can be set beside a rate; a count of another size cannot."""
    return asked.part is not None and asked.part == asked.measure.parts[0] and asked.part.of is not None


def found(asked: Asked) -> list[Benchmark]:
    return benchmarks(asked.measure.code, asked.first, after(asked.last, 1))


def published(asked: Asked) -> Table | None:
    """The rows with their sources, the newest first; None where nobody published anything. One query."""
    rows = found(asked)
    heads = [_("Who"), _("Value"), _("Of which months"), _("Source")]
    lines = [(one.place, [Cell(said(one.value), strong=True), Cell(span(one)), Cell(one.source)]) for one in rows]
    return Table(_("What others publish"), heads, lines, 1) if rows else None


def not_drawn(asked: Asked, table: Table | None) -> str:
    """Why what was asked for is not drawn; "" where it is, or where nothing was asked for."""
    if asked.compare == FORCE and asked.part is not None and asked.part.of is None:
        return _("No line is drawn: a number of the whole force is of another size. Choose a rate.")
    if asked.compare == OTHERS and table is None:
        return _("Nobody’s figure of this measure has been brought in for these months.")
    if asked.compare == OTHERS and not comparable(asked):
        return _("No line is drawn: what others publish is another figure, or a number that depends on their size.")
    if asked.compare and asked.by:
        return _("Groups are not compared over time: break down by nothing to see the comparison.")
    return ""


def span(one: Benchmark) -> str:
    first, last = one.begins_on, after(one.begins_on, one.months) - timedelta(days=1)
    return f"{first:%Y-%m}" if one.months == 1 else _("%(first)s to %(last)s") % {
        "first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}",
    }  # fmt: skip


def published_lines(asked: Asked, part: Part) -> list[Other]:
    """A level line of each place over the months that it is of; of a place that published twice the newer counts."""
    if not comparable(asked):
        return []
    by_place: dict[str, list[Benchmark]] = {}
    for one in found(asked):
        by_place.setdefault(one.place, []).append(one)
    months = asked.window.months()
    return [Other(place, [level(rows, month) for month in months]) for place, rows in list(by_place.items())[:LINES]]


def level(rows: Sequence[Benchmark], month: date) -> Point:
    """What stands for the month; a gap where nothing does. `rows`: the newest first."""
    standing = next((one for one in rows if one.begins_on <= month < after(one.begins_on, one.months)), None)
    return of_month(month, standing.value if standing else None)
