"""What was found, as tables: for the terminal, for docs/performance.md, as JSON. Nobody types a figure."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.measuring import Measured
from benchmarks.risk_sweeping import RiskSweeps
from benchmarks.seeding import Seeded
from benchmarks.sweeping import Sweeps

BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"
LOAD_BEGIN, LOAD_END = "<!-- load: begin -->", "<!-- load: end -->"
HEAD = ("operation", "p50 ms", "p95 ms", "floor p50 ms", "x floor p50 / p95", "at most", "", "raw SQL p50 ms",
        "x raw SQL", "statements", "ceiling", "")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """Everything measured at one scale."""

    deadlines: int
    seeded: Seeded
    operations: list[Measured]
    sweeps: Sweeps
    risk: RiskSweeps


def verdict(met: bool) -> str:
    return "met" if met else "**missed**"


def _operation(one: Measured) -> tuple[str, ...]:
    aim = one.operation
    met = verdict(one.ratio50 <= aim.p50 and one.ratio95 <= aim.p95) if aim.p50 else ""
    return (
        aim.label, f"{one.product.p50:.1f}", f"{one.product.p95:.1f}", f"{one.floor.p50:.1f}",
        f"{one.ratio50:.1f} / {one.ratio95:.1f}", f"{aim.p50:g} / {aim.p95:g}" if aim.p50 else "", met,
        *((f"{one.raw.p50:.1f}", f"{one.to_raw:.1f}") if one.raw.each else ("", "")),
        str(len(one.statements)), str(aim.queries or ""),
        verdict(len(one.statements) <= aim.queries) if aim.queries else "",
    )  # fmt: skip


def _sweep(one: Sweeps) -> list[tuple[str, ...]]:
    idle, busy = one.idle / one.question, one.batched / one.singly
    return [
        ("idle", f"{one.idle:.2f} ms", f"one indexed SELECT {one.question:.2f} ms", f"{idle:.1f} times", "at most 3",
         verdict(idle <= 3)),
        (f"busy, {one.rows:,} due", f"{one.batched:,.0f} rows a second", f"row by row {one.singly:,.0f}",
         f"{busy:.1f} times", "at least 3", verdict(busy >= 3)),
        ("a batch of 500", f"{one.statements} statements", "", "", "at most 12", verdict(one.statements <= 12)),
    ]  # fmt: skip


def _risk(one: RiskSweeps) -> list[tuple[str, ...]]:
    beside = f"one indexed SELECT {one.question:.2f} ms"
    lapse, looks = one.lapse / one.question, one.looks / one.question
    return [
        (f"lowered grades of {one.cases:,} cases, idle", f"{one.lapse:.2f} ms", beside, f"{lapse:.1f} times", "", ""),
        (f"looks at the risk, idle: {one.dates:,} dates", f"{one.looks:.1f} ms, {one.statements} statements", beside,
         f"{looks:.0f} times", "", ""),
        ("looks at the risk, raised", f"{one.raised:,.0f} a second", "", "", "", ""),
    ]  # fmt: skip


def growth(scales: Sequence[Scale]) -> list[tuple[str, ...]]:
    """The exponent of each operation's cost in floors from the smallest scale to the largest: 0 is flat, 1 linear."""
    small, large = scales[0], scales[-1]
    decades = math.log10(large.deadlines / small.deadlines)
    rows = []
    for before, after in zip(small.operations, large.operations, strict=True):
        rows.append(_grown(before.operation.label, [before.ratio50, after.ratio50], decades, before.operation.grows))
    idle = [one.sweeps.idle / one.sweeps.question for one in (small, large)]
    rows.append(_grown("sweep, idle", idle, decades, 0.2))
    rows.append(_grown("sweep, a due row", [1 / one.sweeps.batched for one in (small, large)], decades, 0.2))
    return rows


def _grown(label: str, costs: Sequence[float], decades: float, most: float) -> tuple[str, ...]:
    exponent = math.log10(costs[1] / costs[0]) / decades
    return label, f"{exponent:+.2f}", f"{most:g}", verdict(exponent <= most)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with even columns: as readable in a terminal as in a browser."""
    lines = [head, ["-" * len(title) if title else "-" for title in head], *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    lines[1] = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(f"{cell:<{w}}" for cell, w in zip(line, widths, strict=True)) + " |" for line in lines
    )


def markdown(scales: Sequence[Scale], rounds: int) -> str:
    """All tables, with where and when they were measured."""
    parts = [where(rounds)]
    for one in scales:
        made = one.seeded
        parts.append(
            f"### {one.deadlines:,} open deadlines\n\nSeeded: {made.rows:,} rows in {made.seconds:.0f} s, "
            f"{made.megabytes:,} MB on disk."
        )
        parts.append(table(HEAD, [_operation(row) for row in one.operations]))
        parts.append(
            table(("sweep", "measured", "beside", "ratio", "target", ""), [*_sweep(one.sweeps), *_risk(one.risk)])
        )
    if len(scales) > 1:
        said = f"### Growth from {scales[0].deadlines:,} to {scales[-1].deadlines:,}"
        parts += [said, table(("operation", "exponent", "at most", ""), growth(scales))]
    return "\n\n".join(parts)


def where(rounds: int) -> str:
    return (
        f"Measured on {timezone.localtime():%-d %B %Y}: {processors()}, {memory()}, PostgreSQL {server()}, "
        f"Python {platform.python_version()}; {rounds} rounds; load of the machine at the end {os.getloadavg()[0]:.1f}."
    )


def processors() -> str:
    return f"{os.cpu_count()} cores"


def memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB of memory"


def server() -> str:
    version: int = connection.pg_version  # type: ignore[attr-defined]  # of the PostgreSQL backend alone
    return f"{version // 10000}.{version % 10000}"


def plain(scales: Sequence[Scale]) -> list[dict[str, Any]]:
    """The same figures unrounded, for a program."""
    return [
        {
            "deadlines": one.deadlines, "rows": one.seeded.rows, "seconds": one.seeded.seconds,
            "megabytes": one.seeded.megabytes,
            "operations": {row.operation.name: _plain(row) for row in one.operations},
            "risk": dataclasses.asdict(one.risk),
            "sweep": {name: getattr(one.sweeps, name) for name in ("idle", "question", "batched", "singly", "statements")},
        }
        for one in scales
    ]  # fmt: skip


def _plain(row: Measured) -> dict[str, Any]:
    times = {"product": row.product, "floor": row.floor, "raw": row.raw}
    said: dict[str, Any] = {name: {"p50": each.p50, "p95": each.p95} for name, each in times.items() if each.each}
    return said | {"statements": len(row.statements), "ratio50": row.ratio50, "ratio95": row.ratio95}


def write_json(path: Path, found: Any) -> None:
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def write_markdown(path: Path, text: str, marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Between the marks of the file where it has them; else the whole file."""
    begin, end = marks
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    if begin in page and end in page:
        head, tail = page.split(begin, 1)[0], page.split(end, 1)[1]
        page = f"{head}{begin}\n{text}\n{end}{tail}"
    else:
        page = f"{text}\n"
    path.write_text(page, encoding="utf-8")
