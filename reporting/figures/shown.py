"""What an explorer page shows of an answer: the latest figure, the months with their limits, the groups, what is read with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst

from accounts.models import User
from reporting.charts.bar_chart import of_points
from reporting.charts.points import Point, of_month
from reporting.charts.series import Change, Other, series
from reporting.charts.tables import over_time_table, shares_table
from reporting.charts.time_chart import over_time
from reporting.figures import beside
from reporting.figures.asked import YEAR_BEFORE, Asked, month_before
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Counted, Outside, Part
from reporting.measures.reckon import Answer, Value, ask
from reporting.measures.times import Spread, spreads

PAGE = 12  # months in the table
#: Where the counting itself changed: limits begin anew and a line says so (C.2, [S DAC-17600]).
COUNTING = (Change(date(2023, 6, 1), "June 2023: counting rules changed"),)


def of(asked: Asked, page: int, now: datetime) -> dict[str, Any]:
    """The context of the page. `page`: of the table, from 1. Two statements a number, two more where it is compared."""
    if asked.part is None:
        return {"as_at": now, "times": times(asked)}
    in_groups = asked.by or asked.part.stands_now or asked.measure.private
    shown = broken_down(asked, asked.part) if in_groups else by_month(asked, asked.part, page)
    return {"as_at": now, "pair": pair(asked), "times": times(asked), "beside": beside.of(asked), **shown}


def by_month(asked: Asked, part: Part, page: int) -> dict[str, Any]:
    answer = ask(asked.question(monthly=True))
    points = [month_point(answer, part, month) for month in answer.months]
    told = series(points, "p" if part.of else "xmr", COUNTING)
    others = [compared(asked, part)] if asked.compare == YEAR_BEFORE else []
    chart = over_time("over-time", asked.measure.name, told, changes=COUNTING, others=others)
    last = latest(answer, part)
    links = [(behind(asked, part.some, "some", month), behind(asked, part.of, "of", month)) for month in answer.months]
    table = over_time_table("By month", told, "Month", *heads(part), links)
    pages = max(1, -(-len(table.rows) // PAGE))
    page = min(max(page, 1), pages)
    table = replace(table, rows=table.rows[(page - 1) * PAGE : page * PAGE])
    return {
        "chart": chart, "table": table, "page": page, "pages": range(1, pages + 1) if pages > 1 else [], "total": len(points),
        "latest": answer.value(part.code, last), "latest_month": last, "whole": answer.value(part.code),
    }  # fmt: skip


def latest(answer: Answer, part: Part) -> date:
    """The last month of which there is a figure; the last of all where there is none."""
    known = [month for month in answer.months if not answer.value(part.code, month).lacking]
    return (known or answer.months)[-1]


def behind(asked: Asked, source: Counted | Outside | None, which: str, month: date) -> str:
    """The page of the cases behind a number; "" where none lie behind it."""
    return asked.cases(which, month, "") if source is not None and source.case and not asked.measure.of_force else ""


def month_point(answer: Answer, part: Part, month: date) -> Point:
    return point_of(answer.value(part.code, month), of_month(month, 0).label, month)


def point_of(value: Value, label: str, month: date | None = None) -> Point:
    """A figure as it is drawn: what is not known, or kept back, is a gap that says why."""
    if value.lacking:
        return Point(label, None, None if value.whole is None else 0, month, value.per, value.lacking)
    return Point(label, value.some, value.whole, month, value.per)


def compared(asked: Asked, part: Part) -> Other:
    """The same months a year before, drawn on the months of now."""
    before = asked.but(first=month_before(asked.first, 12), last=month_before(asked.last, 12))
    answer = ask(before.question(monthly=True))
    then = [answer.value(part.code, month) for month in answer.months]
    months = asked.window.months()
    return Other(
        "A year before",
        [point_of(value, of_month(month, 0).label, month) for month, value in zip(months, then, strict=True)],
    )


def broken_down(asked: Asked, part: Part) -> dict[str, Any]:
    answer = ask(asked.question())
    points = [group_point(label, answer.value(part.code, None, group)) for group, label in named(answer)]
    whole = ask(asked.but(by="").question()).value(part.code)
    chart = of_points("by-group", asked.measure.name, points)
    table = shares_table("By group", points, ["Group", *heads(part)])
    return {"chart": chart, "table": table, "latest": whole, "latest_month": None, "whole": whole, "pages": []}


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
    if other is None or not other.parts:
        return None
    question = asked.but(measure=other, by="", part=other.parts[0])
    return {
        "measure": other,
        "part": other.parts[0],
        "value": ask(question.question()).value(other.parts[0].code),
        "address": question.address,
    }


def times(asked: Asked) -> list[tuple[str, Spread]]:
    question = asked.but(by="").question()
    return [(took.label, spreads(took, question)[""]) for took in asked.measure.took]
