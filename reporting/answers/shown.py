"""An answer as it is shown: each figure with its definition and its pair, each table with its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.dates import MONTHS as NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from reporting.answers.declare import MONTH, Answer, Asked, Figure, Told, Way
from reporting.charts.grids import Cell as GridCell
from reporting.charts.grids import Grid, shade
from reporting.charts.tables import Cell, Table
from reporting.equality.sums import Kept
from reporting.figures.shown import named
from reporting.figures.span import Span
from reporting.measures import asking
from reporting.measures.across import Across, kept
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Measure, Part
from reporting.measures.private import year_over
from reporting.measures.reckon import Answer as Reckoned
from reporting.measures.reckon import CountedOnce, NotOffered, Question, Value, ask
from reporting.measures.times import spreads
from workflow.pages.furniture import ENTRIES

NO_RATE = "n/a"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A measure of an answer. `pair`: what is read beside it, with its figure; `page`: where it is explored; `refused`: why this
    person is not shown it.
    """

    measure: Measure
    by: str
    tables: list[Table]
    page: str
    refused: str = ""
    pair: Measure | None = None
    pair_value: Value | None = None
    pair_page: str = ""


def drawn(answer: Answer, span: Span, user: User) -> list[Drawn]:
    """Each figure of an answer. One statement or two for each thing counted, however many figures and pairs are made of it."""
    own, counts = {figure.measure for figure in answer.figures}, CountedOnce()
    return [one(figure, span_of(MEASURES[figure.measure], span), user, own, counts) for figure in answer.figures]


def span_of(measure: Measure, span: Span) -> Span:
    """Small numbers that are kept back from everybody are told of the last calendar year that is over, whatever is asked."""
    if not measure.private:
        return span
    year = year_over(span.window.last)
    return replace(span, first=date(year, 1, 1), last=date(year, 12, 1))


def one(figure: Figure, span: Span, user: User, own: set[str], counts: CountedOnce) -> Drawn:
    """What may not be asked on the page of the measure is not shown here either."""
    measure, by = MEASURES[figure.measure], "" if figure.by == MONTH else figure.by
    words, page = words_of(figure.by), span.address("figure", measure.slug, by=by)
    if measure.lacks:
        return Drawn(measure, words, [], page)
    try:
        question = asking.question(measure, span.window, by, user, span.unit, monthly=figure.by == MONTH)
    except NotOffered as refused:
        return Drawn(measure, words, [], span.address("figure", measure.slug), str(refused))
    found = Drawn(measure, words, list(tables(figure, question, counts)), page)
    pair = None if measure.pair in own or figure.by else MEASURES.get(measure.pair)
    value = None if pair is None else paired(pair, span, user, counts)
    if pair is None or value is None:
        return found
    return replace(found, pair=pair, pair_value=value, pair_page=span.address("figure", pair.slug))


def paired(pair: Measure, span: Span, user: User, counts: CountedOnce) -> Value | None:
    """The first figure of the pair; None where it has none, or none for this person."""
    if not pair.parts or pair.lacks:
        return None
    try:
        question = asking.question(pair, span.window, "", user, span.unit)
    except NotOffered:
        return None
    return ask(question, counts).value(pair.parts[0].code)


def words_of(by: str) -> str:
    return BREAKDOWNS[by].label if by in BREAKDOWNS else by.replace("_", " ").capitalize()


def tables(figure: Figure, question: Question, counts: CountedOnce) -> Iterable[Table]:
    """The whole measure is asked: what it keeps back it keeps back of all its parts."""
    measure = question.measure
    if measure.parts:
        answer = ask(question, counts)
        parts = [part for part in measure.parts if not figure.parts or part.code in figure.parts]
        yield (by_month if question.monthly else by_group if question.by else whole)(answer, parts)
    if measure.took:
        yield times(replace(question, by="", monthly=False))


def whole(answer: Reckoned, parts: Sequence[Part]) -> Table:
    rows = [(_(part.label), cells_of(answer.value(part.code))) for part in parts]
    return Table(_(answer.question.measure.name), [_("Figure"), *heads()], rows, 3)


def heads() -> list[str]:
    return [_("Number"), _("Of"), _("Rate"), _("For every"), _("Mind")]


def cells_of(value: Value) -> list[Cell]:
    """Both numbers and the rate; where they are not known, or kept back, what is said instead."""
    if not value.shown[:1].isdigit() and value.shown != NO_RATE:
        return [Cell("–"), Cell("–"), Cell(value.shown, strong=True), Cell("–"), Cell("")]
    of = "–" if value.whole is None else f"{value.whole:,}"
    rate, per = ("–", "–") if value.whole is None else (value.shown, f"{value.per:,}")
    mind = _("Of fewer than 30: one more or less changes it much.") if value.few and value.whole else ""
    return [Cell(f"{value.some:,}"), Cell(of), Cell(rate, strong=True), Cell(per), Cell(mind)]


def by_month(answer: Reckoned, parts: Sequence[Part]) -> Table:
    """Each part in each month, the latest first."""
    rows = []
    for month in reversed(answer.months):
        for part in parts:
            name = f"{NAMES[month.month]} {month.year}"
            name = f"{name}: {_(part.label)}" if len(parts) > 1 else name
            rows.append((name, cells_of(answer.value(part.code, month))))
    caption = _("%(name)s, by month") % {"name": _(answer.question.measure.name)}
    return Table(caption, [_("Month"), *heads()], rows, 3)


def by_group(answer: Reckoned, parts: Sequence[Part]) -> Table:
    """Each part by each group; the part is said where there are several."""
    rows, by, groups = [], words_of(answer.question.by), named(answer)
    for part in parts:
        for group, label in groups:
            name = f"{_(part.label)}: {_(label)}" if len(parts) > 1 else _(label)
            rows.append((name, cells_of(answer.value(part.code, None, group))))
    caption = _("%(name)s, by %(by)s") % {"name": _(answer.question.measure.name), "by": _(by).lower()}
    return Table(caption, [_(by), *heads()], rows, 3)


def times(question: Question) -> Table:
    rows = []
    for took in question.measure.took:
        spread = spreads(took, question)[""]
        days = [_("n/a") if value is None else f"{value:.1f}" for value in (spread.half, spread.nine)]
        numbers = [Cell(f"{spread.reached:,}"), Cell(f"{spread.waiting:,}")]
        rows.append((_(took.label), [Cell(days[0], strong=True), Cell(days[1]), *numbers]))
    columns = [_("What"), _("Half within, days"), _("Nine in ten within, days"), _("Came to it"), _("Not yet")]
    return Table(_("How long it takes"), columns, rows, 4)


def told(answer: Answer, asked: Asked) -> list[Told]:
    """The tables of an answer; of a unit those of the whole force are not said."""
    found = [one for make in answer.tables for one in make(asked)]
    if answer.force and asked.unit is not None:
        return [
            *found,
            Told(words=_("More is counted for the whole force alone, and shown to whoever answers for it.")),
        ]
    return found + [one for make in answer.force for one in make(asked)]


def grids(tables: Sequence[Across], hidden: Kept | None = None) -> list[Grid]:
    return [grid(f"across-{place}", table, hidden) for place, table in enumerate(tables)]


#: What ways are called that are no breakdowns of a measure.
CALLED = {"first": N_("First grade"), "peak": N_("Highest grade"), "risk": N_("Grade now")}


def grid(name: str, table: Across, hidden: Kept | None) -> Grid:
    """The numbers as they are read inside; as they leave the force, where it is said what is hidden."""
    down, along = (_(CALLED.get(by) or words_of(by)) for by in table.by)
    heading = _("%(what)s, by %(down)s and %(along)s")
    most = 0 if hidden else max(table.cells.values(), default=0)

    def said(number: int, *at: Any) -> str:
        return hidden.said(table.key(*at), number) if hidden else f"{number:,}"

    rows = [
        (
            _(label),
            [
                GridCell(said(table.at(row, column), (row,), (column,)), shade(table.at(row, column), most))
                for column, _label in table.columns
            ],
            said(table.of_row(row), (row,)),
        )
        for row, label in table.rows
    ]
    totals = [said(table.of_column(column), None, (column,)) for column, _label in table.columns]
    what = _(table.counted.label)
    words = {"what": what[:1].upper() + what[1:], "down": down.lower(), "along": along.lower()}
    corner = _("%(down)s (down), %(along)s (across)") % {"down": down, "along": along}
    columns = [_(label) for _column, label in table.columns]
    return Grid(name, heading % words, corner, columns, rows if table.total else [], [*totals, said(table.total)])


def leaving(answer: Answer, tables: Sequence[Across]) -> list[Grid]:
    """The two-way tables as they leave the force: nothing of one to four, nothing by which it could be worked out."""
    if answer.two_ways is None:
        return []
    out, within = answer.two_ways.leaving(tables)
    return grids(out, kept(out, within))


def ways(answer: Answer, user: User) -> list[tuple[str, str]]:
    """The pages that answer, of those that this person reads: (label, address)."""
    return [(label_of(way), reverse(way.page, args=way.args)) for way in answer.ways if may(way, user)]


def label_of(way: Way) -> str:
    return _(way.label or ENTRIES[way.page].label)


def may(way: Way, user: User) -> bool:
    who = way.who or ENTRIES[way.page].who
    return not who or user.holds(who, None)
