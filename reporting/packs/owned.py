"""Whose a measure is and what was said of it: on the explorer's page and on the paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from accounts.models import Unit
from reporting.measures.declare import Measure
from reporting.models import MeasureComment, MeasureOwner

if TYPE_CHECKING:
    from reporting.packs.declare import Asking

STANDING = MeasureOwner.State.STANDING


def owners_of(measure: Measure, rows: Any = None) -> Any:
    """Who answers for it now, the force first."""
    found = MeasureOwner.objects.all() if rows is None else rows
    of_it = found.filter(measure=measure.code, state=STANDING).select_related("owner", "unit")
    return of_it.order_by("unit__lineage")


def owner_in(measure: Measure, unit: Unit | None) -> MeasureOwner | None:
    """Who answers for it in this unit; in the force for None."""
    found: MeasureOwner | None = owners_of(measure).filter(unit=unit or Unit.objects.root()).first()
    return found


def said_of(measure: Measure, rows: Any = None) -> Any:
    """What was said of it, the newest month first. Index: comment_of_measure."""
    found = MeasureComment.objects.all() if rows is None else rows
    return found.filter(measure=measure.code).select_related("does", "recorded_by", "unit").order_by("-month", "-pk")


def said_on_paper(measure: Measure, asking: Asking) -> list[str]:
    """Owner, target, and the words of the months of the window, in sentences."""
    owner = owner_in(measure, asking.unit)
    found = []
    if owner is not None:
        aim = f" Target: {owner.aim.lower()} ({owner.authority})." if owner.aim else ""
        found.append(f"Owner: {owner.owner.title()}.{aim}")
    rows = said_of(measure).filter(
        unit=asking.unit, month__gte=asking.window.first.replace(day=1), month__lte=asking.window.last
    )
    return found + [*comments(rows)]


def comments(rows: Iterable[MeasureComment]) -> Iterable[str]:
    for row in rows:
        yield f"{row.words} ({row.recorded_by.title()}, of {row.month:%B %Y})"
        if row.action and row.does and row.due_on:
            done = f" Done: {row.did}" if row.did else ""
            yield f"Action: {row.action} {row.does.title()}, by {row.due_on.day} {row.due_on:%B %Y}.{done}"
