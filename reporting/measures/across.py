"""TWO WAYS AT ONCE: how many of each group by each other group, as it is read inside, and as it leaves the force.

Whoever counts once stands in one cell, that of the last they were part of in the window, so that the cells add up to the
people. Unknown is a group like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Max, QuerySet

from accounts.models import Unit
from reporting.equality.readers import Sum
from reporting.equality.sums import Kept, kept_of_sums
from reporting.measures.breakdowns import BREAKDOWNS, units
from reporting.measures.declare import Counted
from reporting.measures.reckon import NotOffered, Window, group_of, rows_of

Groups = list[tuple[Any, str]]
Into = Callable[[Any], tuple[Any, str]]  # of a group, the group that it goes into
Key = tuple[str, frozenset[tuple[str, Any]]]  # what is counted; each way with its group, none of a way that is added up


@dataclass(frozen=True, slots=True)
class Across:
    """`cells`: how many by (row, column); what is not there is nought. `rows` and `columns`: their groups with the words."""

    counted: Counted
    by: tuple[str, str]
    rows: Groups
    columns: Groups
    cells: dict[tuple[Any, Any], int]

    def at(self, row: Any, column: Any) -> int:
        return self.cells.get((row, column), 0)

    def of_row(self, row: Any) -> int:
        return sum(self.at(row, column) for column, _ in self.columns)

    def of_column(self, column: Any) -> int:
        return sum(self.at(row, column) for row, _ in self.rows)

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    def coarser(self, rows: Into, columns: Into) -> Across:
        """The same numbers in fewer groups, in the order in which each is first met."""
        cells: dict[tuple[Any, Any], int] = {}
        for (row, column), number in self.cells.items():
            into = rows(row)[0], columns(column)[0]
            cells[into] = cells.get(into, 0) + number
        down = list(dict.fromkeys(rows(row) for row, _ in self.rows))
        along = list(dict.fromkeys(columns(column) for column, _ in self.columns))
        return replace(self, rows=down, columns=along, cells=cells)

    def key(self, row: Any = None, column: Any = None) -> Key:
        """Of a cell, given as (group,); of a sum where a way is left out. Tables of one thing share their sums."""
        ways = zip(self.by, (row, column), strict=True)
        return self.counted.label, frozenset((by, group[0]) for by, group in ways if group is not None)


def across(counted: Counted, window: Window, unit: Unit | None, rows_by: str, columns_by: str) -> Across:
    """The groups of one way by those of another. One statement. Raises NotOffered for what it cannot be counted by."""
    ways = {"g_row": group_of(counted, rows_by), "g_column": group_of(counted, columns_by)}
    if not rows_by or not columns_by or rows_by == columns_by or None in ways.values():
        raise NotOffered("That cannot be counted in these two ways. Choose two of those offered.")
    rows = each_once(rows_of(counted, window, unit), counted)
    found = rows.annotate(**ways).values(*ways).annotate(n_=Count("pk")).values_list(*ways, "n_")
    cells = {(row, column): number for row, column, number in found}
    down, along = (groups(by, {cell[place] for cell in cells}) for place, by in enumerate((rows_by, columns_by)))
    return Across(counted, (rows_by, columns_by), down, along, cells)


def each_once(rows: QuerySet[Any], counted: Counted) -> QuerySet[Any]:
    """The last recorded row of each, where each counts once."""
    if counted.once is None:
        return rows
    last = rows.annotate(x_once=counted.once).values("x_once").annotate(x_last=Max("pk")).values("x_last")
    return rows.filter(pk__in=last)


def groups(by: str, seen: Iterable[Any]) -> Groups:
    """Every group of the breakdown, also one with nobody in it; of units those that were seen. What is unknown stays."""
    breakdown, there = BREAKDOWNS.get(by), set(seen)
    words = breakdown.words() if breakdown else {}
    known = [
        (group, str(label))
        for group, label in words.items()
        if group in there or breakdown is None or breakdown.words is not units
    ]
    return known + sorted(((group, str(group)) for group in there - words.keys()), key=lambda pair: pair[1])


Tied = tuple[
    dict[Any, int], list[Sum], list[Any]
]  # numbers by their keys, what adds up to what, what is printed nowhere


def kept(tables: Sequence[Across], within: Iterable[tuple[Across, Across]] = ()) -> Kept:
    """What of these tables does not leave the force, all of them in one reader's hands: no number of one to four, and none
    by which one could be worked out. Raises ValueError where `within` is not so (`tied`).
    """
    return kept_of_sums(*tied(tables, within))


def tied(tables: Sequence[Across], within: Iterable[tuple[Across, Across]] = ()) -> Tied:
    """Every number of the tables and all that a reader knows of them. `within`: pairs of tables of which no number of the
    first can be more than that of the second (people among their reports).
    """
    counts: dict[Any, int] = {}
    sums: list[Sum] = []
    for table in tables:
        counts |= numbers(table)
        sums += sums_of(table)
    unprinted: list[Any] = []
    for less, more in within:
        for row, column in more.cells:
            at = (row,), (column,)
            rest = ("rest", more.key(*at))
            counts[rest] = more.at(row, column) - less.at(row, column)
            sums.append(Sum(more.key(*at), (less.key(*at), rest)))
            unprinted.append(rest)
    return counts, sums, unprinted


def numbers(table: Across) -> dict[Key, int]:
    """Every number that is printed of a table: cells, sums, the sum of all."""
    cells = {
        table.key((row,), (column,)): table.at(row, column) for row, _ in table.rows for column, _ in table.columns
    }
    by_row = {table.key((row,)): table.of_row(row) for row, _ in table.rows}
    by_column = {table.key(column=(column,)): table.of_column(column) for column, _ in table.columns}
    return cells | by_row | by_column | {table.key(): table.total}


def sums_of(table: Across) -> list[Sum]:
    rows, columns = [row for row, _ in table.rows], [column for column, _ in table.columns]
    found = [Sum(table.key((row,)), tuple(table.key((row,), (column,)) for column in columns)) for row in rows]
    found += [
        Sum(table.key(column=(column,)), tuple(table.key((row,), (column,)) for row in rows)) for column in columns
    ]
    found.append(Sum(table.key(), tuple(table.key((row,)) for row in rows)))
    return [*found, Sum(table.key(), tuple(table.key(column=(column,)) for column in columns))]
