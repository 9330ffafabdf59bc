"""What was found over five years, as tables for the terminal and for docs/performance.md, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import table, verdict, where
from benchmarks.years.measuring import Measured
from benchmarks.years.seeding import Seeded

BEGIN, END = "<!-- years: begin -->", "<!-- years: end -->"
HEAD = ("operation", "months", "bare SQL p50 ms", "answer p50 ms", "p95 ms", "x SQL", "at most", "", "statements",
        "ceiling", "", "page p50 ms", "x floor")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """Everything measured over one number of reports."""

    seeded: Seeded
    operations: list[Measured]


def _row(one: Measured) -> tuple[str, ...]:
    aim, ratio = one.operation, one.ratio
    answer = ("",) * 7
    if ratio is not None:
        answer = (
            f"{one.product.p50:.1f}", f"{one.product.p95:.1f}", f"{ratio:.2f}", f"{aim.most:g}", verdict(ratio <= aim.most),
            str(one.statements), str(aim.queries), 
        )  # fmt: skip
    counted = verdict(one.statements <= aim.queries) if one.statements else ""
    page = (f"{one.page.p50:.1f}", f"{one.page.p50 / one.bare.p50:.1f}") if one.page.each else ("", "")
    return (aim.label, str(aim.months), f"{one.floor.p50:.1f}", *answer, counted, *page)


def growth(scales: Sequence[Scale]) -> list[tuple[str, ...]]:
    """The exponent of each operation from the fewest reports to the most: 0 is flat, 1 linear. Of the answer, else of its floor."""
    small, large = scales[0], scales[-1]
    decades = math.log10(large.seeded.reports / small.seeded.reports)
    rows: list[tuple[str, ...]] = []
    for before, after in zip(small.operations, large.operations, strict=True):
        floor = math.log10(after.floor.p50 / before.floor.p50) / decades
        aim, own = before.operation, None
        if before.product.each and after.product.each:
            own = math.log10(after.product.p50 / before.product.p50) / decades
        met = "" if own is None else verdict(own <= aim.grows)
        rows.append((aim.label, f"{floor:+.2f}", "" if own is None else f"{own:+.2f}", f"{aim.grows:g}", met))
    return rows


def markdown(scales: Sequence[Scale], rounds: int) -> str:
    """All tables, with where and when they were measured."""
    parts = [where(rounds)]
    for one in scales:
        made = one.seeded
        parts.append(
            f"### {made.reports:,} reports in five years\n\nSeeded: {made.rows:,} rows in {made.seconds:.0f} s, "
            f"{made.megabytes:,} MB on disk."
        )
        parts.append(table(HEAD, [_row(row) for row in one.operations]))
    if len(scales) > 1:
        parts.append(f"### Growth from {scales[0].seeded.reports:,} to {scales[-1].seeded.reports:,} reports")
        parts.append(table(("operation", "bare SQL", "answer", "at most", ""), growth(scales)))
    return "\n\n".join(parts)


def plain(scales: Sequence[Scale]) -> list[dict[str, Any]]:
    """The same figures unrounded, for a program."""
    return [
        {
            "reports": one.seeded.reports, "rows": one.seeded.rows, "seconds": one.seeded.seconds,
            "megabytes": one.seeded.megabytes,
            "operations": {
                row.operation.name: {
                    name: {"p50": times.p50, "p95": times.p95}
                    for name, times in (("floor", row.floor), ("answer", row.product), ("page", row.page)) if times.each
                }
                for row in one.operations
            },
        }
        for one in scales
    ]  # fmt: skip
