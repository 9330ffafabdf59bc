"""From what is kept to a page or a paper: charts are drawn of the numbers kept, nothing is asked of the facts again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from reporting.charts.axis import LIST, PAPER, WIDE, Size
from reporting.charts.bar_chart import of_points
from reporting.charts.drawn import Chart
from reporting.charts.points import Point, of_month
from reporting.charts.series import Note, series
from reporting.charts.tables import Cell, Table
from reporting.charts.time_chart import over_time
from reporting.figures.shown import COUNTING
from reporting.models import Snapshot, SnapshotFigures, SnapshotWords
from reporting.packs.declare import PACKS, Frozen, Pack
from reporting.packs.one_figure import title_of


@dataclass(frozen=True, slots=True)
class Part:
    """One block as it is drawn."""

    title: str
    lead: str
    definition: list[tuple[str, str]]
    chart: Chart | None
    tables: list[Table]
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Theme:
    """What stands under one heading: somebody's words, then the figures."""

    name: str
    words: SnapshotWords | None
    parts: list[Part]


def themes_of(snapshot: Snapshot, kept: SnapshotFigures, *, on_paper: bool) -> list[Theme]:
    """Every theme in the order in which it is kept. One statement for the words. Index: snapshot_words_newest."""
    words = {row.theme: row for row in snapshot.narrative.select_related("by").order_by("pk")}
    found: dict[str, list[Part]] = {}
    for place, block in enumerate(kept.blocks):
        found.setdefault(block["theme"], []).append(part_of(block, f"chart-{place}", on_paper=on_paper))
    return [Theme(name, words.get(name), parts) for name, parts in found.items()]


def part_of(block: Frozen, name: str, *, on_paper: bool) -> Part:
    tables = [table_of(one) for one in block["tables"]]
    definition = [(head, words) for head, words in block["definition"]]
    return Part(
        block["title"],
        block["lead"],
        definition,
        chart_of(block["chart"], name, on_paper=on_paper),
        tables,
        block["paragraphs"],
    )


def table_of(kept: Frozen) -> Table:
    rows = [(head, [Cell(words) for words in cells]) for head, *cells in kept["rows"]]
    return Table(kept["caption"], kept["heads"], rows, len(kept["heads"]) - 1)


def chart_of(kept: Frozen, name: str, *, on_paper: bool) -> Chart | None:
    """None where there is nothing to draw."""
    if not kept:
        return None
    wide, tall = (PAPER, PAPER) if on_paper else (WIDE, LIST)
    return months_chart(kept, name, wide) if kept["kind"] == "months" else groups_chart(kept, name, tall)


def months_chart(kept: Frozen, name: str, size: Size) -> Chart:
    points = [of_month(first_of(month), some, whole, kept["per"]) for month, some, whole in kept["rows"]]
    rates = any(whole is not None for _, _, whole in kept["rows"])
    told = series(points, "p" if rates else "xmr", COUNTING)
    notes = [Note(first_of(day[:7]), words) for day, words in kept.get("notes", [])]
    return over_time(name, kept["title"], told, changes=COUNTING, notes=notes, size=size)


def groups_chart(kept: Frozen, name: str, size: Size) -> Chart:
    return of_points(
        name,
        kept["title"],
        [Point(label, some, whole, None, kept["per"]) for label, some, whole in kept["rows"]],
        size=size,
    )


def first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def title(snapshot: Snapshot) -> str:
    """Monthly performance; of one figure the figure."""
    return title_of(snapshot.of) if snapshot.of else str(snapshot.get_pack_display())


def written(snapshot: Snapshot, kept: SnapshotFigures, run: UUID) -> str:
    """The paper as HTML, its style within it."""
    pack: Pack = PACKS[snapshot.pack]
    context: dict[str, Any] = {
        "snapshot": snapshot, "pack": pack, "kept": kept, "run": run, "title": title(snapshot), "paper": True,
        "themes": themes_of(snapshot, kept, on_paper=True), "contents": contents(kept),
    }  # fmt: skip
    return render_to_string("reporting/packs/paper.html", context)


def contents(kept: SnapshotFigures) -> Sequence[str]:
    return list(dict.fromkeys(block["theme"] for block in kept.blocks))


def file_name(snapshot: Snapshot, moment: str) -> str:
    """Marking, pack, window and the London moment it shows. No unit's people, no name."""
    return f"{PACKS[snapshot.pack].marking} {snapshot.pack} {snapshot.first_on:%Y-%m} {snapshot.unit.code} {moment}.pdf"
