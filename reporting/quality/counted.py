"""How many of what could have a fault do: of the force or a unit, by unit, by month. One statement for each thing counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from accounts.models import Unit
from reporting.measures.declare import Counted
from reporting.measures.reckon import Value, Window, rows_of
from reporting.quality.table import CHECKS, Check, Kind
from workflow.clock import LONDON

Found = dict[str, dict[Any, Value]]  # {check: {group: how many, of how many}}


@dataclass(frozen=True, slots=True)
class Line:
    check: Check
    value: Value


def scorecard(window: Window, unit: Unit | None) -> list[Line]:
    """Every check of the whole window, in the order of the table."""
    found = tallied(window, unit)
    return [Line(check, found[check.code].get(None, Value(0, 0))) for check in CHECKS.values()]


def together(lines: list[Line], kind: Kind) -> Value:
    """The faults of one kind, of all that was looked at for them: a record that is looked at twice counts twice."""
    return added(line.value for line in lines if line.check.kind is kind)


def by_month(window: Window, unit: Unit | None, only: Check | None = None) -> Found:
    """{check: {first day of the month: value}}; a month in which there was nothing to look at is not there."""
    found = tallied(window, unit, month=True, only=only)
    return {code: {day_of(group): value for group, value in values.items()} for code, values in found.items()}


def day_of(moment: Any) -> date:
    day: date = moment.astimezone(LONDON).date()
    return day


def by_unit(window: Window, unit: Unit | None, only: Check | None = None) -> tuple[list[Line], Found]:
    """Every check of the whole, and {check: {id of a unit beneath it: value}}, each with what is beneath it. Restricted cases
    count in no unit.
    """
    parts = tallied(window, unit, beneath=unit or Unit.objects.root(), only=only)
    whole = [Line(CHECKS[code], added(parts[code].values())) for code in CHECKS if code in parts]
    units = {
        code: {group: value for (group, restricted), value in values.items() if not restricted}
        for code, values in parts.items()
    }
    return whole, units


def added(values: Iterable[Value]) -> Value:
    every = list(values)
    return Value(sum(value.some for value in every), sum(value.whole or 0 for value in every))


def tallied(
    window: Window, unit: Unit | None, *, month: bool = False, beneath: Unit | None = None, only: Check | None = None
) -> Found:
    """`month` or `beneath` say by what it is grouped: the month's first moment; the unit, and whether the case is restricted.
    The one group is None without either.
    """
    found: Found = {}
    for counted, checks in [(only.of, [only])] if only else by_counted():
        group: dict[str, Any] = {}
        if month:
            group = {"g_": TruncMonth(counted.at, tzinfo=LONDON)}
        if beneath is not None:
            apart = "restricted" if counted.case == "pk" else f"{counted.case}__restricted"
            group = {"g_": F(f"{counted.unit}__lineage__{len(beneath.lineage)}"), "r_": F(apart)}
        found |= counts(rows_of(counted, window, unit), checks, group)
    return found


def counts(rows: QuerySet[Any], checks: list[Check], group: dict[str, Any]) -> Found:
    wrong = {f"w{place}_": ExpressionWrapper(check.wrong, BooleanField()) for place, check in enumerate(checks)}
    numbers = {"of_": Count("pk")} | {f"c{name}": Count("pk", filter=Q(**{name: True})) for name in wrong}
    rows = rows.annotate(**wrong, **group)
    grouped = rows.values(*group).annotate(**numbers) if group else [rows.aggregate(**numbers)]
    found = [(key_of([row[name] for name in group]), row) for row in grouped]
    return {
        check.code: {key: Value(row[f"cw{place}_"], row["of_"]) for key, row in found}
        for place, check in enumerate(checks)
    }


def key_of(groups: list[Any]) -> Any:
    return tuple(groups) if len(groups) > 1 else next(iter(groups), None)


def by_counted() -> list[tuple[Counted, list[Check]]]:
    """What is counted, with its checks, so that each is read once."""
    found: dict[int, tuple[Counted, list[Check]]] = {}
    for check in CHECKS.values():
        found.setdefault(id(check.of), (check.of, []))[1].append(check)
    return list(found.values())


def behind(check: Check, window: Window, unit: Unit | None) -> QuerySet[Any]:
    """The ids of the cases whose records have the fault."""
    rows: QuerySet[Any] = rows_of(check.of, window, unit).filter(check.wrong).values(check.of.case)
    return rows


def box(window: Window, unit: Unit | None) -> list[tuple[str, str]]:
    """The data-quality box of a paper: a line for each kind of fault, and the check with the highest share. Of (what, words)."""
    lines = scorecard(window, unit)
    return [*of_kinds(lines), *worst(lines)]


def of_kinds(lines: list[Line]) -> Iterator[tuple[str, str]]:
    for kind in Kind:
        value = together(lines, kind)
        yield _(kind.value), said(value)


def said(value: Value) -> str:
    """12 of 3,400 (0.4 in 100); of nothing it says so."""
    if not value.whole:
        return _("nothing to look at")
    words = {"some": f"{value.some:,}", "whole": f"{value.whole:,}", "rate": value.shown}
    return _("%(some)s of %(whole)s (%(rate)s in 100)") % words


def worst(lines: list[Line]) -> Iterator[tuple[str, str]]:
    wrong = [line for line in lines if line.value.some]
    if wrong:
        line = max(wrong, key=lambda one: one.value.rate or 0)
        yield _("Most often"), f"{_(line.check.sentence)} {said(line.value)}"
