"""What others publish, as it stands: asked by measures, packs and pages. A month that nobody gave a figure for is not zero."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Unit
from reporting.models import OutsideFigure
from reporting.models.outside import OutsideKind
from reporting.outside.cells import after

Months = dict[date, "Month"]


@dataclass(frozen=True, slots=True)
class Month:
    """A figure of one month. `areas`: of how many areas it is the sum; 1 where the unit itself was given."""

    value: Decimal
    areas: int = 1


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What others publish of a measure: of which place, from when, of how many months, and where it stands."""

    measure: str
    place: str
    begins_on: date
    months: int
    value: Decimal
    source: str


def by_month(
    kind: str, figure: str, since: date, until: date, unit: Unit, *, group: str = "", reason: str = ""
) -> Months:
    """{first day of a month: its figure} for months from `since` to before `until`; a month without one is left out.

    The unit's own figure where there is one; else the sum of the areas beneath it, each once. One query. Index:
    outside_figure_found.
    """
    rows = OutsideFigure.objects.in_force().filter(
        kind=kind, figure=figure, group=group, reason=reason, months=1, place="", begins_on__gte=since, begins_on__lt=until,
        unit__lineage__contains=[unit.pk],
    )  # fmt: skip
    given: dict[date, dict[int, tuple[list[int], Decimal]]] = defaultdict(dict)
    for day, pk, lineage, value in rows.values_list("begins_on", "unit", "unit__lineage", "value"):
        given[day][pk] = (lineage, value)
    return {day: together(of, unit) for day, of in sorted(given.items())}


def together(given: dict[int, tuple[list[int], Decimal]], unit: Unit) -> Month:
    """The figure of a unit out of those of it and of what is beneath it: no area counts twice."""
    if unit.pk in given:
        return Month(given[unit.pk][1])
    topmost = [value for pk, (lineage, value) in given.items() if not (set(lineage) - {pk}) & given.keys()]
    return Month(sum(topmost, Decimal(0)), len(topmost))


def whole(kind: str, figure: str, since: date, until: date, unit: Unit, **of: str) -> Decimal | None:
    """The sum over whole months from `since` to before `until`; None where a month of it was not given: a sum of some
    months is no smaller total, it is a wrong one.
    """
    found = by_month(kind, figure, since, until, unit, **of)
    wanted, day = [], since
    while day < until:
        wanted.append(day)
        day = after(day, 1)
    return sum((found[day].value for day in wanted), Decimal(0)) if wanted and set(wanted) <= found.keys() else None


def people(unit: Unit, on: date, topic: str = "") -> tuple[date | None, dict[str, Decimal]]:
    """Who lives in the area of a unit by the newest estimate that is not later than the day: its year, and {code: people}.

    `topic`: ethnicity, age or sex; "" is everybody, as {"": people}. Only codes that were given are there. Two queries.
    """
    rows = OutsideFigure.objects.in_force().filter(kind=OutsideKind.POPULATION, unit=unit, begins_on__lte=on)
    year = rows.order_by("-begins_on").values_list("begins_on", flat=True).first()
    if year is None:
        return None, {}
    others: dict[str, Any] = {name: "" for name in ("ethnicity", "age", "sex") if name != topic}
    found = rows.filter(begins_on=year, **others)
    if topic:
        found = found.exclude(**{topic: ""})
    return year, dict(found.values_list(topic or "sex", "value"))


def benchmarks(measure: str, since: date, until: date) -> list[Benchmark]:
    """What others publish of a measure that overlaps the window, the newest first. One query."""
    rows = OutsideFigure.objects.in_force().filter(kind=OutsideKind.BENCHMARK, figure=measure, begins_on__lt=until)
    found = rows.order_by("-begins_on", "place", "pk").values_list(
        "figure", "place", "begins_on", "months", "value", "source"
    )
    every = [Benchmark(*row) for row in found]
    return [one for one in every if after(one.begins_on, one.months) > since]
