"""What an explorer page shows of an answer: the latest figure, the months with their limits, the groups, what is read with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst

from accounts.models import User
from reporting.charts.bar_chart import of_points
from reporting.charts.between import funnel
from reporting.charts.funnel_chart import funnel_plot
from reporting.charts.points import Point
from reporting.charts.series import Change, series
from reporting.charts.tables import funnel_table, over_time_table, shares_table
from reporting.charts.time_chart import over_time
from reporting.figures import beside, journeys, notes, side_by_side
from reporting.figures.asked import Asked
from reporting.figures.beside import month_point, point_of
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Counted, Outside, Part
from reporting.measures.reckon import Answer, Value, told_of

BETWEEN = ("division", "team")  # units side by side: a funnel, never a league table
PAGE = 12  # months in the table
#: Where the counting itself changed: limits begin anew and a line says so (C.2, [S DAC-17600]).
COUNTING = (Change(date(2023, 6, 1), "June 2023: counting rules changed"),)


def of(asked: Asked, page: int, now: datetime) -> dict[str, Any]:
    """The context of the page. `page`: of the table, from 1. Two statements a number, two more where it is compared."""
    published = beside.published(asked)
    also = {
        "as_at": now, "blocks": journeys.blocks(asked, now), "pair": pair(asked), "published": published,
        "not_drawn": beside.not_drawn(asked, published),
    }  # fmt: skip
    if asked.part is None:
        return also
    also |= {"beside": side_by_side.of(asked)}
    in_groups = asked.by or asked.part.stands_now or asked.measure.private
    return also | (broken_down(asked, asked.part) if in_groups else by_month(asked, asked.part, page))


def by_month(asked: Asked, part: Part, page: int) -> dict[str, Any]:
    answer = asked.answer(monthly=True)
    points = [month_point(answer, part, month) for month in answer.months]
    told = series(points, "p" if part.of else "xmr", COUNTING)
    noted = notes.drawn(notes.of_chart(asked.measure, asked.window, asked.unit), asked.window)
    name = asked.measure.name
    # one month is a number, no course
    chart = (
        over_time("over-time", name, told, COUNTING, noted, others=beside.others(asked, part)) if points[1:] else None
    )
    last = latest(answer, part)
    links = [(behind(asked, part.some, "some", month), behind(asked, part.of, "of", month)) for month in answer.months]
    table = over_time_table("By month", told, "Month", *heads(part), links)
    pages = max(1, -(-len(table.rows) // PAGE))
    page = min(max(page, 1), pages)
    table = replace(table, rows=table.rows[(page - 1) * PAGE : page * PAGE])
    return {
        "chart": chart, "table": table, "page": page, "pages": range(1, pages + 1) if pages > 1 else [], "total": len(points),
        "latest": answer.value(part.code, last), "latest_month": last, "whole": answer.value(part.code),
        "notes_address": notes.address(asked.measure),
    }  # fmt: skip


def latest(answer: Answer, part: Part) -> date:
    """The last month of which there is a figure; the last of all where there is none."""
    known = [month for month in answer.months if not answer.value(part.code, month).lacking]
    return (known or answer.months)[-1]


def behind(asked: Asked, source: Counted | Outside | None, which: str, month: date | None, group: Any = "") -> str:
    """The page of the cases behind a number; "" where none lie behind it."""
    there = source is not None and source.case and not asked.measure.of_force
    return asked.cases(which, month, group) if there else ""


def broken_down(asked: Asked, part: Part) -> dict[str, Any]:
    answer = asked.answer()
    groups = named(answer)
    whole = asked.but(by="").answer().value(part.code)
    context: dict[str, Any] = {"latest": whole, "latest_month": None, "whole": whole, "pages": []}
    if asked.by in BETWEEN and part.of is not None:
        return context | between_units(asked, part, answer, groups)
    points = [group_point(label, answer.value(part.code, None, group)) for group, label in groups]
    chart = of_points("by-group", asked.measure.name, points)
    table = shares_table("By group", points, ["Group", *heads(part)], links_of(asked, part, groups))
    return context | {"chart": chart, "table": table}


def between_units(asked: Asked, part: Part, answer: Answer, groups: Sequence[tuple[Any, str]]) -> dict[str, Any]:
    """The funnel of the units, with its table. What is of the force alone is no unit, and is said beneath."""
    units = [(group, label) for group, label in groups if group is not None]
    points = [group_point(label, answer.value(part.code, None, group)) for group, label in units]
    chart = funnel_plot("by-group", asked.measure.name, points, heads(part)[1])
    table = funnel_table("By unit", funnel(points), points, ["Unit", *heads(part)], links_of(asked, part, units))
    return {"chart": chart, "table": table, "apart": answer.value(part.code, None, None)}


def links_of(asked: Asked, part: Part, groups: Sequence[tuple[Any, str]]) -> list[tuple[str, str]]:
    """Of each group the pages of the cases behind both its numbers; none of what lies in no case."""
    return [
        (behind(asked, part.some, "some", None, group), behind(asked, part.of, "of", None, group))
        for group, _ in groups
    ]


def named(answer: Answer) -> Sequence[tuple[Any, str]]:
    """The groups with their words; officers by their names, which only their managers asked for."""
    if not (answer.question.by in BREAKDOWNS and BREAKDOWNS[answer.question.by].named):
        return answer.groups
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=[group for group, _ in answer.groups if group])}
    return sorted(((group, names.get(group, "Not known")) for group, _ in answer.groups), key=lambda pair: pair[1])


def group_point(label: str, value: Value) -> Point:
    return point_of(value, label)


def heads(part: Part) -> tuple[str, str, str]:
    return capfirst(part.some.label), capfirst(part.of.label) if part.of else "", f"For every {part.per}"


def pair(asked: Asked) -> dict[str, Any] | None:
    """What is read beside it, of the same window and unit; None where nothing is, or its facts are not there yet."""
    other = MEASURES.get(asked.measure.pair)
    if other is None or not other.parts or not told_of(other, asked.unit):
        return None
    question = asked.but(measure=other, by="", part=other.parts[0], compare="", time="")
    return {
        "measure": other,
        "part": other.parts[0],
        "value": question.answer().value(other.parts[0].code),
        "address": question.address,
    }
