"""What an act causes in a higher app: a row in the act's own transaction, run by the worker, swept like a deadline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils import timezone

from audit.models import Event
from workflow.models import Outbox

TASK = "supervision.run_reactions"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
BATCH = 100


def always(event: Event, record: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Reaction:
    """One row: when this event has happened, the worker calls `run(event)` as the system user.

    An empty `event` is any event; `when` says of which of them, from the event and the record it changed.
    """

    name: str
    event: str
    run: Callable[[Event], None]
    when: Callable[[Event, Any], bool] = always

    def wants(self, event: Event, record: Any) -> bool:
        return self.event in ("", event.name) and self.when(event, record)


REACTIONS: dict[str, Reaction] = {}


def react(*rows: Reaction) -> None:
    """Declare reactions; a name used twice stops the program."""
    for row in rows:
        if row.name in REACTIONS:
            raise LookupError(f"Two reactions are named {row.name}.")
        REACTIONS[row.name] = row


def queue(event: Event, record: Any) -> None:
    """Write one outbox row for each reaction to the event, and wake the worker when the act is committed."""
    rows = [Outbox(event=event, reaction=row.name) for row in REACTIONS.values() if row.wants(event, record)]
    if rows:
        Outbox.objects.bulk_create(rows)
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    """Ask the worker to run now. If the broker is down the minute's sweep finds the rows: nothing is lost."""
    current_app.send_task(TASK)


def run_due(now: datetime | None = None) -> int:
    """Run every reaction that is due (UTC; now if none); returns how many were done. Each in its own transaction."""
    moment = now or timezone.now()
    due = Outbox.objects.filter(done_at__isnull=True, next_at__lte=moment).order_by("next_at", "pk")
    return sum(_run_one(pk, moment) for pk in list(due.values_list("pk", flat=True)[:BATCH]))


def _run_one(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            row = Outbox.objects.select_for_update(skip_locked=True, of=("self",)).select_related("event")
            waiting = row.filter(pk=pk, done_at__isnull=True).first()
            if waiting is None:
                return False
            REACTIONS[waiting.reaction].run(waiting.event)
            waiting.done_at = now
            waiting.save(update_fields=["done_at"])
            return True
    except Exception as fault:  # noqa: BLE001 - whatever it was, it is written down, shown red and tried again
        _write_down(pk, fault, now)
        return False


def _write_down(pk: int, fault: Exception, now: datetime) -> None:
    row = Outbox.objects.get(pk=pk)
    row.attempts += 1
    row.last_error = type(fault).__name__
    row.next_at = now + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
    row.save(update_fields=["attempts", "last_error", "next_at"])


def failing() -> int:
    """How many reactions have failed and are not done: red on /readyz, and a queue."""
    return Outbox.objects.filter(done_at__isnull=True, attempts__gt=0).count()
