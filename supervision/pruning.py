"""What the service forgets each night: traces of machinery, of use to nobody after a while. The record is never pruned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts import attempts
from accounts.models import Attempt, Session
from supervision.models import Heartbeat
from supervision.monitors import due_tonight
from workflow.models import Once, Outbox

BATCH = 1_000  # rows that one transaction deletes: it holds nothing up
MOST = 200  # batches of one row of the table in a night; what is left waits for the next
RED_AFTER = timedelta(hours=51)  # two nights without success


@dataclass(frozen=True, slots=True)
class Passing:
    """One kind of row that passes: how long it is kept, and which are older than a moment (UTC)."""

    name: str
    keep: timedelta
    older: Callable[[datetime], QuerySet[Any]]


def sent_once(before: datetime) -> QuerySet[Once]:
    return Once.objects.filter(at__lt=before)


def tried(before: datetime) -> QuerySet[Attempt]:
    return Attempt.objects.filter(at__lt=before)


def over(before: datetime) -> QuerySet[Session]:
    """Sessions that had ended; nobody is signed in by one of them."""
    rows: QuerySet[Session] = Session.objects.filter(expire_date__lt=before)
    return rows


def done(before: datetime) -> QuerySet[Outbox]:
    """Reactions that ran. One that failed stays until it is done."""
    return Outbox.objects.filter(done_at__lt=before)


# fmt: off
TABLE = (
    Passing("forms sent",     timedelta(days=30),                       sent_once),
    Passing("sign-in tries",  2 * attempts.WITHIN + timedelta(days=90), tried),
    Passing("ended sessions", timedelta(0),                             over),
    Passing("reactions done", timedelta(days=90),                       done),
)
# fmt: on


def is_due(now: datetime) -> bool:
    """Whether to prune now (UTC): once a night, and as soon as possible when a night was missed."""
    return due_tonight(Heartbeat.PRUNING, now)


def prune(now: datetime) -> dict[str, int]:
    """Delete what is older than it is kept at the moment (UTC); returns how many of each. The beat says all went well."""
    Heartbeat.objects.get_or_create(name=Heartbeat.PRUNING, defaults={"at": now})  # failing nights count from the first
    counts = {row.name: _forget(row.older(now - row.keep)) for row in TABLE}
    Heartbeat.beat(Heartbeat.PRUNING, now)
    return counts


def _forget(rows: QuerySet[Any]) -> int:
    """In batches, each a transaction of its own."""
    gone = 0
    for _ in range(MOST):
        with transaction.atomic():
            batch = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
            rows.filter(pk__in=batch).delete()  # asked again: a session may have been used meanwhile
        gone += len(batch)
        if len(batch) < BATCH:
            break
    return gone


def went_well(now: datetime) -> bool:
    """False where two nights in a row have failed."""
    return not Heartbeat.objects.filter(name=Heartbeat.PRUNING, at__lt=now - RED_AFTER).exists()
