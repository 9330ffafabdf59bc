"""Two-way tables to be read: a number in each cell, shaded by how large it is. The number is always there; shade only helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from reporting.charts.stages import Matrix

SHADES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """`shade` 0 (none) to 4; `stayed`: on the diagonal of a movement."""

    words: str
    shade: int = 0
    stayed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """What grid.html draws. `corner` says what rows and columns are: "From, down; to, across"."""

    name: str
    heading: str
    corner: str
    columns: list[str]
    rows: list[tuple[str, list[Cell], str]]  # (its name, its cells, its total)
    totals: list[str]

    @property
    def is_empty(self) -> bool:
        return not self.rows


def shade(count: int | None, most: int) -> int:
    """In which quarter of the largest it lies; nothing of nought."""
    return 0 if not count or not most else ceil(SHADES * count / most)


def movement_grid(name: str, title: str, matrix: Matrix) -> Grid:
    """From which grade to which: those that stayed on the diagonal, outlined."""
    most = max((count for row in matrix.rows for count in row), default=0)
    rows = [
        (from_, [Cell(f"{count:,}", shade(count, most), to == place) for to, count in enumerate(counts)], f"{total:,}")
        for place, (from_, counts, total) in enumerate(zip(matrix.names, matrix.rows, matrix.by_row, strict=True))
    ]
    counted = {"up": matrix.up, "down": matrix.down, "stayed": matrix.stayed, "all": matrix.total}
    said_of = {"title": title, **{key: f"{count:,}" for key, count in counted.items()}}
    heading = _("%(title)s: of %(all)s, %(stayed)s stayed, %(up)s went up, %(down)s went down") % said_of
    totals = [f"{count:,}" for count in (*matrix.by_column, matrix.total)]
    empty: list[tuple[str, list[Cell], str]] = []
    corner = _("From (down), to (across)")
    return Grid(
        name, heading if matrix.total else title, corner, list(matrix.names), rows if matrix.total else empty, totals
    )


def heat_grid(
    name: str,
    title: str,
    corner: str,
    counts: Mapping[tuple[str, str], int | None],
    names: Sequence[str],
    across: Sequence[str],
) -> Grid:
    """Any two-way table, such as weekday by hour. None: not shown; then the totals that it stands in are not added up here."""
    most = max((count for count in counts.values() if count is not None), default=0)
    lines = [(one, [counts.get((one, other), 0) for other in across]) for one in names]
    rows = [(one, [cell(count, most) for count in line], added(line)) for one, line in lines]
    columns = zip(*(line for _one, line in lines), strict=True)
    totals = [*map(added, columns), added([count for _one, line in lines for count in line])]
    return Grid(name, title, corner, list(across), rows if most else [], totals)


def cell(count: int | None, most: int) -> Cell:
    return Cell(_("not shown") if count is None else f"{count:,}", shade(count, most))


def added(counts: Sequence[int | None]) -> str:
    known = [count for count in counts if count is not None]
    return f"{sum(known):,}" if len(known) == len(counts) else _("not shown")
