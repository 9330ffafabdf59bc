"""From what is kept to a page or a paper: charts are drawn of the numbers kept, nothing is asked of the facts again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reporting.charts.axis import LIST, PAPER, WIDE, Size
from reporting.charts.bar_chart import of_points
from reporting.charts.drawn import Chart
from reporting.charts.limits import against
from reporting.charts.points import Point, of_month
from reporting.charts.series import Note, Series, series
from reporting.charts.tables import Cell, Table, over_time_table
from reporting.charts.time_chart import over_time
from reporting.figures.shown import COUNTING
from reporting.measures.declare import MEASURES
from reporting.models import Snapshot, SnapshotFigures, SnapshotWords
from reporting.packs.declare import PACKS, Frozen, Pack
from reporting.packs.one_figure import title_of

LISTED = 6  # months in the table beneath a chart
VERDICTS = {
    "above": gettext_noop("%(month)s is above the upper limit: ask why."),
    "below": gettext_noop("%(month)s is below the lower limit: ask why."),
    "": gettext_noop("%(month)s is within the limits: no sign of change."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One block as it is drawn."""

    title: str
    theme: str
    number: str  # of its measure; empty where that has none, or it is of none
    lead: str
    headline: Frozen
    verdict: str  # of the last month against its limits
    definition: list[tuple[str, str]]
    chart: Chart | None
    tables: list[Table]
    paragraphs: list[str]
    owned: list[str]


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
    kept = block["chart"]
    told = months_of(kept) if kept and kept["kind"] == "months" else None
    drawn = told is not None and any(point.value is not None for point in told.points)
    months = [months_table(kept, told)] if told and drawn else []
    return Part(
        title=block["title"],
        theme=block["theme"],
        number=MEASURES[block["measure"]].number if block["measure"] in MEASURES else "",
        lead=block["lead"],
        headline=block["headline"],
        verdict=verdict_of(told) if told and drawn and block["headline"] else "",
        definition=[(head, words) for head, words in block["definition"]],
        chart=chart_of(kept, told, name, on_paper=on_paper) if drawn or not told else None,
        tables=[*months, *(table_of(one) for one in block["tables"])],
        paragraphs=block["paragraphs"],
        owned=block["owned"],
    )


def table_of(kept: Frozen) -> Table:
    rows = [(head, [Cell(words) for words in cells]) for head, *cells in kept["rows"]]
    return Table(kept["caption"], kept["heads"], rows, len(kept["heads"]) - 1)


def chart_of(kept: Frozen, told: Series | None, name: str, *, on_paper: bool) -> Chart | None:
    """None where there is nothing to draw."""
    if not kept:
        return None
    wide, tall = (PAPER, PAPER) if on_paper else (WIDE, LIST)
    return months_chart(kept, told, name, wide) if told else groups_chart(kept, name, tall)


def months_of(kept: Frozen) -> Series:
    """The months with their limits."""
    points = [
        replace(of_month(first_of(month), some, whole, kept["per"]), instead=kept["lacks"] if some is None else "")
        for month, some, whole in kept["rows"]
    ]
    return series(points, "p" if any(whole is not None for _, _, whole in kept["rows"]) else "xmr", COUNTING)


def months_chart(kept: Frozen, told: Series, name: str, size: Size) -> Chart:
    notes = [Note(first_of(day[:7]), words) for day, words in kept.get("notes", [])]
    return over_time(name, kept["title"], told, changes=COUNTING, notes=notes, size=size)


def months_table(kept: Frozen, told: Series) -> Table:
    """The last of the months against their limits."""
    last = Series(told.points[-LISTED:], told.limits[-LISTED:], told.kind)
    return over_time_table(_("The last months"), last, _("Month"), *kept["heads"])


def verdict_of(told: Series) -> str:
    """Of the last month: outside its limits, or no sign of change. Nothing where it has none."""
    point, limits = told.points[-1], told.limits[-1]
    if limits is None or point.value is None:
        return ""
    return _(VERDICTS[against(point, limits)]) % {"month": point.label}


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
        "themes": themes_of(snapshot, kept, on_paper=True),
    }  # fmt: skip
    return render_to_string("reporting/packs/paper.html", context)


def file_name(snapshot: Snapshot, moment: str) -> str:
    """Marking, pack, window and the London moment it shows. No unit's people, no name."""
    return f"{PACKS[snapshot.pack].marking} {snapshot.pack} {snapshot.first_on:%Y-%m} {snapshot.unit.code} {moment}.pdf"
