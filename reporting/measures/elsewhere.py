"""What others count, as a measure reads it: of whole months, of an area or all that is beneath it, never stretched or guessed.

A month that nobody brought a figure in for is None, and so is whatever would be made of it: a sum of some months is a wrong
sum. An area that was not given is the sum of those beneath it, where each of them was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from accounts.models import Unit
from reporting.measures.declare import Outside
from reporting.models import OutsideFigure
from reporting.models.outside import OutsideKind
from reporting.outside.cells import after

if TYPE_CHECKING:
    from reporting.measures.reckon import Key, Window

NOT_BROUGHT_IN = gettext_noop("not brought in")
WHOLE = ""
DEPTHS = {"division": 1, "team": 2}  # beneath the force
PEOPLE = "people"
Given = Mapping[int, int]  # {unit: what was brought in for it}
Tree = Mapping[int, Sequence[int]]  # {unit: the open units right beneath it}
TreeOf = Callable[[Unit], Tree]


def tree_of(top: Unit) -> Tree:
    """The areas of the force; a partner agency is none. One query."""
    rows = Unit.objects.beneath(top).filter(state=Unit.State.OPEN, parent__isnull=False, agency__isnull=True)
    found: dict[int, list[int]] = defaultdict(list)
    for pk, parent in rows.values_list("pk", "parent"):
        found[parent].append(pk)
    return found


def counts(
    source: Outside,
    window: Window,
    unit: Unit | None,
    by: str = "",
    *,
    monthly: bool = False,
    tree_of: TreeOf = tree_of,
) -> dict[Key, int | None]:
    """{(first day of the month or None for the window, group): number, or None}. By division or team alone, else of one area.
    Three queries. Indexes: outside_figure_found.
    """
    if by and by not in DEPTHS:
        return {}
    top = unit or Unit.objects.root()
    tree = tree_of(top)
    areas = areas_of(top, by, tree)
    given = people(source, window, top) if source.people else added(source, window, top)
    months = window.months()
    found: dict[Key, int | None] = {}
    for group, area in areas.items():
        each = {month: figure_of(area, given.get(month, {}), tree) for month in months}
        if not source.people:
            each = {month: number if in_full(month, window) else None for month, number in each.items()}
        found[None, group] = each[months[-1]] if source.people else together(list(each.values()))
        found |= {(month, group): number for month, number in each.items()} if monthly else {}
    return found


def together(numbers: Sequence[int | None]) -> int | None:
    """The sum; None where one of them is not known."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def in_full(month: date, window: Window) -> bool:
    """Whether the whole month lies in the window: of half a month others say nothing."""
    return window.first <= month and after(month, 1) <= after_day(window.last)


def after_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def areas_of(top: Unit, by: str, tree: Tree) -> dict[Any, int]:
    """{group: the unit that it is}. Where a branch ends before the depth that is asked for, its last unit stands for it."""
    if not by:
        return {WHOLE: top.pk}
    depth, above = DEPTHS[by], len(top.lineage) - 1
    if above >= depth:
        return {top.lineage[depth]: top.pk}
    found = [top.pk]
    for _ in range(depth - above):
        found = [lower for pk in found for lower in (tree.get(pk) or ([pk] if pk != top.pk else []))]
    return {pk: pk for pk in found}


def figure_of(area: int, given: Given, tree: Tree) -> int | None:
    """What was brought in for the area; else the sum of those beneath it, where each was."""
    if area in given:
        return given[area]
    beneath = [figure_of(child, given, tree) for child in tree.get(area, ())]
    return together(beneath) if beneath else None


def added(source: Outside, window: Window, top: Unit) -> dict[date, Given]:
    """{month: {unit: the sum of the figures}} of the months of a window; a unit for which one of them lacks is left out."""
    rows = OutsideFigure.objects.in_force().filter(
        kind=source.kind, figure__in=source.figures, group=source.group, reason=source.reason, months=1, place="",
        begins_on__gte=window.months()[0], begins_on__lte=window.last, unit__lineage__contains=[top.pk],
    )  # fmt: skip
    parts: dict[date, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for month, unit, figure, value in rows.values_list("begins_on", "unit", "figure", "value"):
        parts[month][unit][figure] = int(value)
    wanted = set(source.figures)
    return {
        month: {unit: sum(of.values()) for unit, of in units.items() if of.keys() == wanted}
        for month, units in parts.items()
    }


def people(source: Outside, window: Window, top: Unit) -> dict[date, Given]:
    """{month: {unit: who lives there}} by the newest estimate that had begun by then."""
    rows = OutsideFigure.objects.in_force().filter(
        kind=OutsideKind.POPULATION, figure=PEOPLE, ethnicity="", age=source.age, sex=source.sex,
        begins_on__lte=window.last, unit__lineage__contains=[top.pk],
    )  # fmt: skip
    newest: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for unit, year, value in rows.order_by("begins_on").values_list("unit", "begins_on", "value"):
        newest[unit].append((year, int(value)))
    found: dict[date, Given] = {}
    for month in window.months():
        had = {unit: [value for year, value in of if year <= month] for unit, of in newest.items()}
        found[month] = {unit: values[-1] for unit, values in had.items() if values}
    return found
