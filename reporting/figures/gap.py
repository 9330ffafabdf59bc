"""The page of the equality gap (M44): another measure, by a group, each group against everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from reporting.charts.bar_chart import of_points
from reporting.charts.points import said as words
from reporting.charts.points import signed
from reporting.charts.tables import Cell, Table
from reporting.figures.asked import OF_FORCE, Asked, read, units_for
from reporting.figures.shown import point_of
from reporting.measures import asking
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import Measure, Part
from reporting.measures.gaps import Gap, Gaps, comparable, gaps, groups_by, offered
from reporting.measures.reckon import NotOffered

FIRST = "M08"


def read_gap(measure: Measure, said: Mapping[str, str], user: User, today: date) -> Asked:
    """The question of an address: `of` which measure, `part`, `by` which group, months and unit. Raises NotOffered."""
    other = asking.measure_of(said.get("of", "") or FIRST)
    by = said.get("by", "") or next(iter(groups_by(other)), "")
    asking.compared(other, by)
    # a part that was chosen of the measure before is not one of this
    part = next((part.code for part in comparable(other) if part.code == said.get("part")), comparable(other)[0].code)
    return read(other, {**said, "part": part, "by": by, "compare": ""}, user, today)


def gap_page(request: HttpRequest, measure: Measure) -> HttpResponse:
    """The gaps of one part as bars with their intervals, and the table."""
    user: Any = request.user
    refused, now = "", timezone.now()
    try:
        asked = read_gap(measure, request.GET.dict(), user, timezone.localdate())
    except NotOffered as found:
        refused, asked = str(found), read_gap(measure, {}, user, timezone.localdate())
    context: dict[str, Any] = {"measure": measure, "asked": asked, "refused": refused, "choices": choices(asked, user)}
    if not refused and asked.part is not None:
        context |= shown(asked, asked.part) | {"as_at": now, "files": files(measure, asked)}
    return render(request, "reporting/figures/gap.html", context, status=422 if refused else 200)


def shown(asked: Asked, part: Part) -> dict[str, Any]:
    found = gaps(part, asked.question())
    points = [point_of(found.whole, _("Everybody")), *(point_of(gap.value, gap.label) for gap in found.rows)]
    chart = of_points("gap", f"{asked.measure.name}: {part.label}", points)
    return {"found": found, "chart": chart, "table": table_of(found)}


def table_of(found: Gaps) -> Table:
    heads = [
        _("Group"), _("Number"), _("Of"), _("For every 100"), _("Points from everybody"), _("95 in 100 between"), _("Mind"),
    ]  # fmt: skip
    everybody = Cell(words(found.whole.rate), strong=True)
    first = (
        _("Everybody"),
        [Cell(f"{found.whole.some:,}"), Cell(f"{found.whole.whole:,}"), everybody, Cell("–"), Cell("–"), Cell("")],
    )
    return Table(_("How far each group lies from everybody"), heads, [first, *map(row_of, found.rows)], 5)


def row_of(gap: Gap) -> tuple[str, list[Cell]]:
    between = f"{signed(gap.sure.lower)} … {signed(gap.sure.upper)}" if gap.sure else "–"
    mind = _("May be chance") if gap.by_chance else _("Ask why") if gap.by_chance is False else ""
    few = _("Fewer than 30") if gap.value.few else ""
    cells = [Cell(f"{gap.value.some:,}"), Cell(f"{gap.value.whole:,}"), Cell(words(gap.value.rate))]
    more = [
        Cell(signed(gap.apart), strong=True),
        Cell(between),
        Cell(". ".join(filter(None, (mind, few))), mark=gap.by_chance is False),
    ]
    return gap.label, [*cells, *more]


def files(measure: Measure, asked: Asked) -> dict[str, str]:
    said = urlencode({"of": asked.measure.slug, **asked.pairs})
    return {kind: f"{reverse('figure-file', args=[measure.slug, kind])}?{said}" for kind in ("csv", "xlsx", "json")}


def choices(asked: Asked, user: User) -> dict[str, Any]:
    """What the choosers offer: the groups and parts of the measure that is asked of."""
    return {
        "of": [(row.slug, row.called) for row in offered()],
        "parts": [(part.code, part.label) for part in comparable(asked.measure)],
        "by": [(by, BREAKDOWNS[by].label) for by in groups_by(asked.measure)],
        "force": user.holds(OF_FORCE, None), "units": units_for(user),
    }  # fmt: skip
