"""What stands in the database at this moment, asked again by whoever has just changed it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from cases.models import ArrestDecision, Incident
from workflow.models import Deadline

Row = TypeVar("Row", bound=Model)


def fresh(row: Row) -> Row:
    return type(row)._default_manager.get(pk=row.pk)


def decision(incident: Incident) -> ArrestDecision:
    """The decision about its one suspect."""
    return ArrestDecision.objects.standing().get(incident=incident)


def due(policy: str) -> list[datetime]:
    """When the open clocks of a policy run out."""
    return list(Deadline.objects.open().filter(policy=policy).values_list("due_at", flat=True))
