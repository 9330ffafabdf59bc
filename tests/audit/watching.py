"""The verbs of the access watch: a step on a record as it stands, the worker that hears, and whom it named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import AccessConcern
from cases.services.watch import hear_looks
from reporting.explorer.unusual import odd_in
from supervision.models import Notice
from workflow import engine, reactions


def act(record: Any, name: str, by: User, **said: str) -> None:
    """A step taken on the record as it stands now."""
    fresh = type(record).objects.get(pk=record.pk)
    engine.perform(fresh, name, by=by, evidence=said, seen=fresh.version)


def heard() -> list[tuple[User, str]]:
    """As the worker does within seconds: the looks, then what they cause. Who was told what."""
    hear_looks(timezone.now())
    reactions.run_due()
    return [
        (notice.person, notice.text) for notice in Notice.objects.filter(event__name="concern.raise").order_by("pk")
    ]


def concerns() -> set[tuple[str, str]]:
    return {(row.person.username, row.kind) for row in AccessConcern.objects.all()}


def found(name: str) -> set[int]:
    """Whom a question of what is unusual names, of the last hour."""
    now = timezone.now() + timedelta(seconds=1)
    return {
        odd.officer for question, rows in odd_in(now - timedelta(hours=1), now) if question.name == name for odd in rows
    }
