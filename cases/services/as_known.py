"""Records as they were known at a past moment: their columns from the history that the database keeps of every change.

Under today's visibility. A row that was brought in later than it says it was recorded is shown as it was brought in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Case as Choose
from django.db.models.functions import Coalesce

from cases.models import Incident


def history_of(model: Any) -> Any:
    """The table in which pghistory keeps what a row said before and after each change."""
    return model._meta.get_field("events").related_model._default_manager


def as_said_by(rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """History rows, for each record first the one that held at the moment (UTC): the newest by then, else the first."""
    by_then = Q(pgh_created_at__lte=at)
    return rows.order_by(
        "pgh_obj_id",
        Choose(When(by_then, then=Value(0)), default=Value(1)),
        Choose(When(by_then, then=-F("pgh_id")), default=F("pgh_id"), output_field=BigIntegerField()),
    )


def put_back(rows: Sequence[Any], at: datetime | None) -> Sequence[Any]:
    """The same records saying what they said at the moment (UTC); none: as they are. One query, and none for now.

    Index: the history's own on pgh_obj.
    """
    if at is None or not rows:
        return rows
    model = type(rows[0])
    found = as_said_by(history_of(model).filter(pgh_obj__in=[row.pk for row in rows]), at).distinct("pgh_obj_id")
    said = {event.pgh_obj_id: event for event in found}
    columns = [column.attname for column in model._meta.concrete_fields if not column.primary_key]
    for row in rows:
        event = said.get(row.pk)
        for name in columns:
            if event is not None and hasattr(event, name):
                setattr(row, name, getattr(event, name))
    return rows


def happened(at: datetime | None = None) -> Any:
    """When an incident happened, or was reported where that is all that is known; with a moment, as it was known then."""
    now = Coalesce("occurred_from", "reported_at")
    if at is None:
        return now
    then = as_said_by(history_of(Incident).filter(pgh_obj=OuterRef("pk")), at)
    known = then.annotate(known_at=Coalesce("occurred_from", "reported_at")).values("known_at")[:1]
    return Coalesce(Subquery(known), now)
