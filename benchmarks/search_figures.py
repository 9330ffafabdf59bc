"""What was found of the search, as tables. Nobody types a figure."""

from __future__ import annotations

import dataclasses
import math
import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.figures import table, verdict, where
from benchmarks.search_measuring import Recalled, SearchScale
from benchmarks.search_seeding import SearchSeeded

BEGIN, END = "<!-- search: begin -->", "<!-- search: end -->"
MISSED_SHOWN = 5


def markdown(scales: Sequence[SearchScale], rounds: int, questions: int) -> str:
    parts = [where(rounds)]
    for one in scales:
        parts.append(
            f"### {one.seeded.people:,} people, {2 * one.seeded.people:,} incidents\n\n{_imported(one.seeded)} {questions} "
            "questions of each damage, as far as so many people have what can be damaged."
        )
        parts.append(table(("asked with", "found in the first ten", "of", "at least", "", "p50 ms", "p95 ms"),
                           [_recalled(row) for row in one.recalled]))  # fmt: skip
        parts.append(table(("the page", "p50", "p95", "at most", ""), _page(one)))
    if len(scales) > 1:
        said = f"### Growth from {scales[0].seeded.people:,} to {scales[-1].seeded.people:,}"
        parts += [said, table(("cost in floors", "exponent", "at most", ""), [_growth(scales)])]
    return "\n\n".join(parts)


def _imported(made: SearchSeeded) -> str:
    """What the import did, all of which was compared with what must come of the files."""
    done = made.imported
    _first, second, third = done.seconds
    killed = f"killed when {done.killed:,} incidents were in, gone on with for {second:,.0f} s" if done.killed else (
        f"{second:,.0f} s"
    )  # fmt: skip
    return (
        f"Imported from {done.rows_in_all:,} rows, {done.planted:,} of them planted bad: {done.incidents:,} incidents and "
        f"{done.people:,} people in, {done.rejected:,} rows in the rejects file, each planted one with its field; {killed}; "
        f"the same again changed nothing in {third:,.0f} s. {done.written:,} rows, {made.megabytes:,} MB on disk."
    )


def _recalled(one: Recalled) -> tuple[str, ...]:
    if not one.asked:
        return one.row.label, "nobody to ask for", "0", "", "", "", ""
    return (
        one.row.label, f"{one.recall:.3f}", str(one.asked), f"{one.row.target:g}", verdict(one.recall >= one.row.target),
        f"{statistics.median(one.each):.1f}", f"{p95(one.each):.1f}",
    )  # fmt: skip


def p95(each: Sequence[float]) -> float:
    return statistics.quantiles(each, n=20)[-1] if len(each) > 1 else each[0]


def _page(one: SearchScale) -> list[tuple[str, ...]]:
    found, aim = one.measured, one.measured.operation
    met = verdict(found.ratio50 <= aim.p50 and found.ratio95 <= aim.p95)
    return [
        ("milliseconds", f"{found.product.p50:.1f}", f"{found.product.p95:.1f}", "", ""),
        ("the floor, milliseconds", f"{found.floor.p50:.1f}", f"{found.floor.p95:.1f}", "", ""),
        ("its SQL by psycopg alone, milliseconds", f"{found.raw.p50:.1f}", f"{found.raw.p95:.1f}", "", ""),
        ("times the floor", f"{found.ratio50:.1f}", f"{found.ratio95:.1f}", f"{aim.p50:g} / {aim.p95:g}", met),
        ("times its SQL", f"{found.to_raw:.1f}", f"{found.product.p95 / found.raw.p95:.1f}", "", ""),
        ("statements", str(len(found.statements)), "", str(aim.queries), verdict(len(found.statements) <= aim.queries)),
    ]


def _growth(scales: Sequence[SearchScale]) -> tuple[str, ...]:
    small, large = scales[0], scales[-1]
    decades = math.log10(large.seeded.people / small.seeded.people)
    exponent = math.log10(large.measured.ratio50 / small.measured.ratio50) / decades
    most = large.measured.operation.grows
    return large.measured.operation.label, f"{exponent:+.2f}", f"{most:g}", verdict(exponent <= most)


def plain(scales: Sequence[SearchScale]) -> list[dict[str, Any]]:
    """The same unrounded, for a program, with some of what was missed: made-up people, who live in that database alone."""
    return [
        {
            "people": one.seeded.people, "import": dataclasses.asdict(one.seeded.imported),
            "megabytes": one.seeded.megabytes, "statements": len(one.measured.statements),
            "page": {name: {"p50": each.p50, "p95": each.p95} for name, each in (
                ("product", one.measured.product), ("floor", one.measured.floor), ("raw", one.measured.raw))},
            "recall": {row.row.name: {"recall": row.recall, "asked": row.asked, "missed": row.missed[:MISSED_SHOWN]}
                       for row in one.recalled},
        }
        for one in scales
    ]  # fmt: skip
