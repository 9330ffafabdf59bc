"""How one worker’s considerations compare with the unit’s: to ask why, never to judge (H3, H5). For the supervisor alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from dvds.models import Application, Categorised, Outcome, Trace, Triage
from dvds.models.young import numbers
from dvds.services.sample import NO_DECISION, TOLD

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one worker, or of all: considerations ended, how many in a hundred were told and held nothing, traces for each.

    `unlike`: in words, where a share is as far from the unit’s as the number in force says; none below the least number.
    """

    name: str
    ended: int
    told: int
    nothing: int
    traces: float
    unlike: tuple[str, ...] = ()


def ended_of(user: User, at: datetime) -> Any:
    """Considerations that the reader sees and that ended within a year, each with who judged it and how many traces it has."""
    seen = Application.objects.visible_to(user).standing().filter(ended_at__gt=at - YEAR, ended_at__lte=at)
    of_it = {"application": OuterRef("pk"), "struck_out_at__isnull": True}
    judged = [
        Subquery(model.objects.filter(**of_it).order_by("-pk").values("recorded_by")[:1])
        for model in (Categorised, Triage)
    ]
    traces = (
        Trace.objects.filter(**of_it).order_by().values("application").annotate(number=Count("pk")).values("number")
    )
    rows = seen.exclude(outcome__in=(*NO_DECISION, "")).order_by()
    return rows.annotate(
        worker=Coalesce(*judged, "recorded_by", output_field=BigIntegerField()),
        traces_held=Coalesce(Subquery(traces), 0),
    ).values_list("worker", "outcome", "traces_held")


def share(part: int, whole: int) -> int:
    """How many in a hundred, to the nearest; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def figures(name: str, rows: list[tuple[int, str, int]]) -> Figures:
    told = sum(outcome in TOLD for _, outcome, _ in rows)
    nothing = sum(outcome == Outcome.NOTHING_HELD for _, outcome, _ in rows)
    held = sum(number for _, _, number in rows)
    whole = len(rows)
    return Figures(name, whole, share(told, whole), share(nothing, whole), round(held / whole, 1) if whole else 0.0)


def compared(user: User, at: datetime) -> tuple[Figures, list[Figures]]:
    """(the unit’s figures, each worker’s), the most considerations first, as far as the reader sees. Three queries."""
    rows = list(ended_of(user, at))
    limits = numbers(at)
    unit = figures("", rows)
    people = {person.pk: person.short_title() for person in User.objects.filter(pk__in={row[0] for row in rows})}
    found = []
    for worker, name in people.items():
        own = figures(name, [row for row in rows if row[0] == worker])
        found.append(with_words(own, unit, limits["outlier_least"], limits["outlier_points"]))
    return unit, sorted(found, key=lambda one: (-one.ended, one.name))


def with_words(own: Figures, unit: Figures, least: int, points: int) -> Figures:
    if own.ended < least:
        return own
    unlike = []
    if abs(own.told - unit.told) >= points:
        unlike.append(f"Told in {own.told} of 100, the unit in {unit.told}")
    if abs(own.nothing - unit.nothing) >= points:
        unlike.append(f"Nothing held in {own.nothing} of 100, the unit in {unit.nothing}")
    if unit.traces and own.traces <= unit.traces / 2:
        unlike.append(f"{own.traces} traces for each, the unit {unit.traces}")
    return Figures(own.name, own.ended, own.told, own.nothing, own.traces, tuple(unlike))
