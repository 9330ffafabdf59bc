"""What becomes of the same cases: from stage to stage (attrition), and from grade to grade (movement)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reporting.charts.points import Point


@dataclass(frozen=True, slots=True)
class Stage:
    """`count` got this far. Shares are for every 100 of the stage before and of the first; None of nought, or of none."""

    label: str
    count: int
    lost: int | None  # since the stage before
    of_previous: Fraction | None
    of_first: Fraction | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A two-way table: `rows[from][to]`, with the margins. `names` in their order, for rows and columns alike."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]

    @property
    def by_row(self) -> tuple[int, ...]:
        return tuple(sum(row) for row in self.rows)

    @property
    def by_column(self) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*self.rows, strict=True))

    @property
    def total(self) -> int:
        return sum(self.by_row)

    @property
    def stayed(self) -> int:
        return sum(row[place] for place, row in enumerate(self.rows))

    @property
    def up(self) -> int:
        """Those that ended at a name further down the list; name the lowest grade first."""
        return sum(sum(row[place + 1 :]) for place, row in enumerate(self.rows))

    @property
    def down(self) -> int:
        return self.total - self.stayed - self.up


def attrition(stages: Sequence[tuple[str, int]]) -> list[Stage]:
    """One cohort through its stages (C.2, M18), the first the whole of it. A stage that not everybody must pass (advice of
    the CPS) may hold fewer than the one after it: then nobody is said to be lost between them.
    """
    found: list[Stage] = []
    for place, (label, count) in enumerate(stages):
        before = stages[place - 1][1] if place else None
        of_previous = None if before is None else Point(label, count, before).value
        lost = None if before is None or count > before else before - count
        found.append(Stage(label, count, lost, of_previous, Point(label, count, stages[0][1]).value))
    return found


def movement(moved: Mapping[tuple[str, str], int], names: Sequence[str]) -> Matrix:
    """How many went from each name to each (C.2, M24). Raises ValueError for a name that is not among `names`."""
    strange = {name for pair in moved for name in pair} - set(names)
    if strange:
        raise ValueError(f"Not among the names: {', '.join(sorted(strange))}")
    return Matrix(tuple(names), tuple(tuple(moved.get((one, other), 0) for other in names) for one in names))
