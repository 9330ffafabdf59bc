"""What the explorer draws beside the months of four measures: attrition, waiting, harmed again, the movement of risk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reporting.charts.bar_chart import of_stages, of_stretches
from reporting.charts.drawn import Chart
from reporting.charts.grids import Grid, movement_grid
from reporting.charts.points import Point, said, sure_of
from reporting.charts.spread import Stretch
from reporting.charts.stages import Stage, attrition, movement
from reporting.charts.tables import Cell, Table, flag_of, stages_table, waiting_table
from reporting.charts.waiting import Curve, counted
from reporting.charts.waiting_chart import waiting_curve
from reporting.figures.asked import Asked
from reporting.measures import journeys
from reporting.measures.declare import Took
from reporting.measures.reckon import Answer, Value, words_of
from reporting.measures.repeats import FOLLOWED
from reporting.measures.times import Days, Spread, by_day, spreads
from risk.models.grade import Grade

LINES = 4  # curves that can be told apart in grey
AFTER = (7, 28, 91, 182, 365)  # days after which it is said how many still wait
EDGES = (0, 1, 2, 3, 7, 14, 28, 56, 91, 182, 365)  # days: where the bars of the lengths begin
NO_DATA = gettext_noop("no data yet")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a page: words, then a chart or a grid, then its table; what is None is not there."""

    title: str
    words: Sequence[str] = ()
    chart: Chart | None = None
    grid: Grid | None = None
    table: Table | None = None


def blocks(asked: Asked, now: datetime) -> list[Block]:
    """What is drawn of this measure beside its months; nothing of most."""
    draw = DRAWN.get(asked.measure.code)
    return list(draw(asked, now)) if draw else []


# --- M18: from stage to stage ---
def attrition_of(asked: Asked, now: datetime) -> Iterator[Block]:
    whole = asked.but(by="")
    question, answer = whole.question(), whole.answer()
    there = journeys.stages_of(asked.measure.parts)
    stages = attrition([(_(one.label), answer.value(one.part).some) for one in there])
    missing = [_(one.lacks) for one in journeys.STAGES if one.lacks]
    title = _("From report to court")
    yield Block(title, missing, of_stages("attrition", title, stages), table=with_missing(asked, stages))
    lost = [(_(one.label), one.lost(question)) for one in there if one.lost is not None]
    rows = [
        (label, [Cell(f"{number:,}"), Cell(_(reason))])
        for label, reasons in lost
        for reason, number in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    heads = [_("Did not get to"), _("Number"), _("Why, as it was recorded")]
    words = [_("Of several reasons each counts. Of those arrested and not charged the reason is their outcome by now.")]
    yield Block(_("Why they went no further"), words, table=Table(_("Reasons"), heads, rows, 1))


def with_missing(asked: Asked, stages: Sequence[Stage]) -> Table:
    """Every stage, those without facts in their place; a number opens its cases."""
    table = stages_table(_("Stages"), stages)
    found = dict(table.rows)
    none = [Cell(_(NO_DATA)), *(Cell("–") for _column in table.heads[2:])]
    rows = []
    for one in journeys.STAGES:
        cells = list(found.get(_(one.label), none))
        if one.part:
            part = asked.measure.part(one.part)
            cells[0] = Cell(cells[0].words, asked.but(part=part, by="").cases("some", None, ""))
        rows.append((_(one.label), cells))
    return Table(table.caption, table.heads, rows, table.numbers)


# --- M19: how long until ---
def code_of(took: Took) -> str:
    return slugify(took.label)


def took_of(asked: Asked) -> Took:
    """The one that was asked for, else the first."""
    return next((took for took in asked.measure.took if code_of(took) == asked.time), asked.measure.took[0])


def waiting(asked: Asked, now: datetime) -> Iterator[Block]:
    took, question = took_of(asked), asked.question()
    names = words_of(asked.by)
    days = by_day(took, question, now)
    told = {group: counted(rows) for group, rows in days.items()}
    order = [group for group in names if group in told] + sorted((told.keys() - names.keys()), key=str)
    curves = [(str(names.get(group, group or "")), told[group]) for group in order]
    whole = [("", counted(together(days.values())))] if asked.by else curves
    drawn = curves if len(curves) <= LINES else whole
    title = _("%(what)s, days") % {"what": sentence(_(took.label))}
    group = _("Group") if asked.by else _("All together")
    table = waiting_table(_("Still waiting"), named(curves), AFTER, group)
    words = [_("Whoever has not come to it counts as waiting until today, and is not left out.")]
    if len(curves) > LINES:
        words.append(_("The line is of all together: more than four cannot be told apart. Each is in the table."))
    yield Block(_("How long they wait"), words, waiting_curve("waiting", title, drawn), table=table)
    lengths = stretches(together(days.values()))
    chart = of_stretches("lengths", _("How long it took those who came to it, days"), lengths)
    yield Block(_("How the lengths lie"), chart=chart, table=lengths_table(spreads(took, question), names))


def sentence(label: str) -> str:
    return label[:1].upper() + label[1:]


def named(curves: Sequence[tuple[str, Curve]]) -> list[tuple[str, Curve]]:
    return [(label or _("All"), curve) for label, curve in curves]


def together(groups: Any) -> Days:
    """The days of all groups as those of one."""
    found: dict[int, tuple[int, int]] = {}
    for days in groups:
        for day, reached, censored in days:
            before = found.get(day, (0, 0))
            found[day] = (before[0] + reached, before[1] + censored)
    return [(day, *found[day]) for day in sorted(found)]


def stretches(days: Days) -> list[Stretch]:
    """How many came to it between each edge and the next, up to the last that anybody needed."""
    tops = [*EDGES[1:], None]
    counts = [
        sum(reached for day, reached, _censored in days if day >= least and (top is None or day < top))
        for least, top in zip(EDGES, tops, strict=True)
    ]
    return [Stretch(least, top, count) for least, top, count in zip(EDGES, tops, counts, strict=True)]


def lengths_table(found: dict[Any, Spread], names: dict[Any, str]) -> Table:
    """Of each group: began, came to it, not yet, and of those who came to it half within, the mean, nine in ten within."""
    heads = [
        _("Group"), _("Began"), _("Came to it"), _("Not yet"), _("Half within, days"), _("Mean, days"),
        _("Nine in ten within, days"),
    ]  # fmt: skip
    rows = [
        (str(names.get(group, group or _("All"))), [
            Cell(f"{one.began:,}"), Cell(f"{one.reached:,}"), Cell(f"{one.waiting:,}"),
            *(Cell(said(length)) for length in (one.half, one.mean, one.nine)),
        ])
        for group, one in sorted(found.items(), key=lambda pair: str(names.get(pair[0], pair[0])))
    ]  # fmt: skip
    return Table(_("Of those who came to it"), heads, rows, 6)


# --- M23: harmed again ---
def harmed_again(asked: Asked, now: datetime) -> Iterator[Block]:
    answer = asked.answer()
    rows = [
        row_of(asked, answer, days, group, label if asked.by else "")
        for group, label in answer.groups
        for days in FOLLOWED
    ]
    heads = [
        _("Followed for"), _("Harmed again"), _("Followed the whole time"), _("For every 100"), _("Not yet"),
        _("95 in 100 between"), _("Mind"),
    ]  # fmt: skip
    words = [
        _(
            "Only whoever has been followed for the whole time is in a rate. “Not yet” are those who have not been, apart."
        )
    ]
    yield Block(_("Harmed again, by how long they were followed"), words, table=Table(_("Follow-up"), heads, rows, 4))


def row_of(asked: Asked, answer: Answer, days: int, group: Any, label: str) -> tuple[str, list[Cell]]:
    codes = f"{days}-days", f"{days}-days-ahead"
    value, ahead = (answer.value(code, None, group) for code in codes)
    now, later = (asked.but(part=asked.measure.part(code)) for code in codes)
    point = point_of(label, value)
    sure = sure_of(point)
    between = _("%(lower)s to %(upper)s") % {"lower": said(sure.lower), "upper": said(sure.upper)} if sure else "–"
    head = _("%(days)s days") % {"days": days}
    return f"{label}, {head}" if label else head, [
        Cell(f"{value.some:,}", now.cases("some", None, group)), Cell(f"{value.whole or 0:,}", now.cases("of", None, group)),
        Cell(point.words, strong=True), Cell(f"{ahead.some:,}", later.cases("some", None, group)), Cell(between), flag_of(point),
    ]  # fmt: skip


def point_of(label: str, value: Value) -> Point:
    return Point(label, value.some, value.whole, None, value.per)


# --- M24: how risk moved ---
def moved(asked: Asked, now: datetime) -> Iterator[Block]:
    found = journeys.movement_of(asked.but(by="").question())
    names = {grade.value: _(str(grade.label)) for grade in Grade}
    tables = (
        ("moved-now", _("First grade and grade now"), found.now), ("moved-peak", _("First grade and highest since"), found.peak),
        ("moved-closed", _("First grade and grade at close, of closed cases"), found.closed),
    )  # fmt: skip
    words = [_("Of cases first graded in this time. Whoever stayed is on the diagonal.")]
    for name, title, counts in tables:
        told = {(names[one], names[other]): number for (one, other), number in counts.items()}
        yield Block("", words, grid=movement_grid(name, title, movement(told, list(names.values()))))
        words = []


DRAWN: dict[str, Callable[[Asked, datetime], Iterator[Block]]] = {
    "M18": attrition_of, "M19": waiting, "M23": harmed_again, "M24": moved,
}  # fmt: skip
