"""The table beneath a chart: every point of it, as words, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reporting.charts.between import WARN, Funnel
from reporting.charts.limits import Limits, against
from reporting.charts.points import THIN, Point, said, sure_of
from reporting.charts.series import Series
from reporting.charts.stages import Stage
from reporting.charts.waiting import Curve

LONG, WIDE = 25, 3  # rows, columns
AGAINST = {"above": gettext_noop("Above the upper limit"), "below": gettext_noop("Below the lower limit")}


@dataclass(frozen=True, slots=True)
class Cell:
    """`link`: the page of the cases behind it. `strong`: the number that the row is about."""

    words: str
    link: str = ""
    strong: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What table.html draws: `heads` of all columns, rows of (head, cells). Numbers stand at the right."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    numbers: int  # so many columns after the first are numbers

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def is_long(self) -> bool:
        """Whether it may be longer than a page."""
        return len(self.rows) > LONG

    @property
    def is_wide(self) -> bool:
        """Whether its numbers would leave its words no room."""
        return len(self.heads) > WIDE

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, Cell, bool]]]]:
        """Each row with, of each cell, the name of its column and whether that holds numbers."""
        return [
            (head, [(self.heads[n], cell, n <= self.numbers) for n, cell in enumerate(cells, start=1)])
            for head, cells in self.rows
        ]


def over_time_table(
    caption: str, told: Series, month: str, part: str, whole: str, rate: str, links: Sequence[tuple[str, str]] = ()
) -> Table:
    """Month, part, whole, rate, both limits, against the limits. `links`: of each point the pages behind part and whole."""
    wholes = any(point.whole is not None for point in told.points)
    heads = [
        month,
        part,
        *([whole, rate] if wholes else []),
        _("Lower limit"),
        _("Upper limit"),
        _("Against the limits"),
    ]
    rows = []
    for place in reversed(range(len(told.points))):
        point, limits = told.points[place], told.limits[place]
        pages = links[place] if links else ("", "")
        rows.append((point.label, [*numbers_of(point, pages, wholes), *limit_cells(point, limits)]))
    return Table(caption, heads, rows, len(heads) - 2)


def numbers_of(point: Point, pages: tuple[str, str], wholes: bool) -> list[Cell]:
    if not wholes:
        return [Cell(point.words, pages[0], strong=True)]
    if point.instead:
        return [Cell("–"), Cell("–"), Cell(point.words, strong=True)]
    part = _("not shown") if point.part is None else f"{point.part:,}"
    whole = _("not shown") if point.whole is None else f"{point.whole:,}"
    return [Cell(part, pages[0]), Cell(whole, pages[1]), Cell(point.words, strong=True)]


def limit_cells(point: Point, limits: Limits | None) -> list[Cell]:
    if limits is None:
        return [Cell("–"), Cell("–"), Cell("–")]
    way = against(point, limits)
    words = _(AGAINST[way]) if way else _("Within") if point.value is not None else "–"
    return [Cell(said(limits.lower)), Cell(said(limits.upper)), Cell(words, mark=bool(way))]


FUNNEL_WORDS = {
    "above": gettext_noop("Above 99.8 in 100"), "high": gettext_noop("Above 95 in 100"), "": gettext_noop("Within"),
    "low": gettext_noop("Below 95 in 100"), "below": gettext_noop("Below 99.8 in 100"),
}  # fmt: skip


def funnel_table(
    caption: str,
    found: Funnel | None,
    points: Sequence[Point],
    heads: Sequence[str],
    links: Sequence[tuple[str, str]] = (),
) -> Table:
    """Unit, part, whole, rate, the limits of 95 in 100 at its size, where it lies; few are flagged. `heads`: of the first four
    columns. `links`: of each unit the pages behind part and whole.
    """
    rows = []
    for place, point in enumerate(points):
        pages = links[place] if links else ("", "")
        limits = found.limits(point.whole, WARN) if found and point.whole else None
        edges = [Cell(said(limits.lower)), Cell(said(limits.upper))] if limits else [Cell("–"), Cell("–")]
        way = found.against(point) if found else ""
        words = _(FUNNEL_WORDS[way]) if limits and point.value is not None else "–"
        against_limits = Cell(words, mark=way in ("above", "below"))
        rows.append((point.label, [*numbers_of(point, pages, True), *edges, against_limits, flag_of(point)]))
    return Table(caption, [*heads, _("Lower limit"), _("Upper limit"), _("Against the limits"), _("Mind")], rows, 5)


def flag_of(point: Point) -> Cell:
    """Of so few that one more or less changes it much (C.1)."""
    return Cell(_("Fewer than %(thin)s: read with care") % {"thin": THIN} if point.is_thin else "")


def shares_table(
    caption: str, points: Sequence[Point], heads: Sequence[str], links: Sequence[tuple[str, str]] = ()
) -> Table:
    """Group, part, whole, rate, and between which shares it lies with 95 of 100; few are flagged. `heads`: of the first four;
    of numbers without a whole the group and the number alone. `links`: of each group the pages behind part and whole.
    """
    if not any(point.whole is not None for point in points):
        return numbers_table(caption, points, heads, links)
    rows = []
    for place, point in enumerate(points):
        pages = links[place] if links else ("", "")
        sure = sure_of(point)
        between = _("%(lower)s to %(upper)s") % {"lower": said(sure.lower), "upper": said(sure.upper)} if sure else "–"
        rows.append((point.label, [*numbers_of(point, pages, True), Cell(between), flag_of(point)]))
    return Table(caption, [*heads, _("95 in 100 between"), _("Mind")], rows, 4)


def numbers_table(
    caption: str, points: Sequence[Point], heads: Sequence[str], links: Sequence[tuple[str, str]] = ()
) -> Table:
    pages = [link[0] for link in links] or [""] * len(points)
    rows = [(point.label, numbers_of(point, (page, ""), False)) for point, page in zip(points, pages, strict=True)]
    return Table(caption, heads[:2], rows, 1)


def waiting_table(caption: str, curves: Sequence[tuple[str, Curve]], days: Sequence[float], group: str) -> Table:
    """Of each group: how many, how many not reached, half within, and of every 100 how many still wait after these days."""
    heads = [group, _("All"), _("Not reached"), _("Half within, days")]
    heads += [_("Waiting after %(days)s days, of 100") % {"days": f"{day:g}"} for day in days]
    rows = [
        (label, [
            Cell(f"{curve.number:,}"), Cell(f"{curve.not_reached:,}"),
            Cell(_("not reached") if curve.median is None else said(curve.median), strong=True),
            *(Cell(said(100 * curve.waiting_after(day)) if curve.number else _("n/a")) for day in days),
        ])
        for label, curve in curves
    ]  # fmt: skip
    return Table(caption, heads, rows, len(heads) - 1)


def stages_table(caption: str, stages: Sequence[Stage]) -> Table:
    """Stage, how many, lost since the one before, of every 100 of the one before, of every 100 of the first."""
    heads = [
        _("Stage"),
        _("Number"),
        _("Lost since the stage before"),
        _("Of 100 at the stage before"),
        _("Of 100 at the first"),
    ]
    rows = [
        (stage.label, [
            Cell(f"{stage.count:,}", strong=True), Cell("–" if stage.lost is None else f"{stage.lost:,}"),
            Cell("–" if place == 0 else said(stage.of_previous)), Cell(said(stage.of_first)),
        ])
        for place, stage in enumerate(stages)
    ]  # fmt: skip
    return Table(caption, heads, rows, 4)
