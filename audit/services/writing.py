"""Write an act or a consultation, and say what their digests cover."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from audit.models import SYSTEM_CHAIN, Access, Event, Operation

CANONICAL = DjangoJSONEncoder(sort_keys=True, separators=(",", ":"))

#: What the digest of an act covers, and of a consultation: columns in the order in which the functions below take them.
EVENT_COLUMNS = (
    "chain", "number", "name", "operation", "subject_type", "subject_id", "by_id", "at", "recorded_at", "changes",
)  # fmt: skip
ACCESS_COLUMNS = (
    "pk", "kind", "operation", "by_id", "at", "chain", "what", "reason_code", "reason", "terms", "hits", "session", "address",
)  # fmt: skip


EACH = """
INSERT INTO audit_access (kind, operation, by_id, at, what, terms, reason_code, reason, session, chain, hits)
SELECT %%s, %%s, %%s, %%s, %%s, %%s, '', '', '', found.id, ARRAY[found.id] FROM (%s) found (id)
"""


def digest_of(previous: str, facts: object) -> str:
    """SHA-256 over the digest before and the canonical JSON of the facts."""
    return hashlib.sha256(f"{previous}\n{CANONICAL.encode(facts)}".encode()).hexdigest()


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def facts_of_event(row: tuple[Any, ...]) -> dict[str, Any]:
    """What the digest of an act covers, from its columns in the order of EVENT_COLUMNS."""
    chain, number, name, operation, kind, subject, by, at, recorded_at, changes = row
    return {
        "chain": chain, "number": number, "name": name, "operation": operation, "subject": [kind, subject], "by": by,
        "at": _moment(at), "recorded_at": _moment(recorded_at), "changes": changes,
    }  # fmt: skip


def facts_of_access(row: tuple[Any, ...]) -> list[Any]:
    """What a seal covers of one consultation, from its columns in the order of ACCESS_COLUMNS."""
    return [*row[:4], _moment(row[4]), *row[5:]]


def event_facts(event: Event) -> dict[str, Any]:
    return facts_of_event(tuple(getattr(event, name) for name in EVENT_COLUMNS))


def access_facts(access: Access) -> list[Any]:
    return facts_of_access(tuple(getattr(access, name) for name in ACCESS_COLUMNS))


def record(
    *, name: str, operation: str, subject: Model, folder: Model | None, by: User, at: datetime, changes: dict[str, Any]
) -> Event:
    """Append an act to its folder's chain. The caller holds the folder's lock, so the head cannot move beneath us.

    `at` (UTC) is the engine's now. When a thing happened, as somebody tells it, is a fact in the record's own columns.
    """
    chain = folder.pk if folder is not None else SYSTEM_CHAIN
    if chain == SYSTEM_CHAIN:
        lock_system_chain()
    head = Event.objects.filter(chain=chain).order_by("-number").values_list("number", "digest").first() or (0, "")
    event = Event(
        chain=chain, number=head[0] + 1, name=name, operation=operation, subject_type=subject._meta.label_lower,
        subject_id=subject.pk, by=by, at=at, recorded_at=at, changes=_plain(changes), previous=head[1],
    )  # fmt: skip
    event.digest = digest_of(event.previous, event_facts(event))
    event.save(force_insert=True)
    return event


def _plain(changes: dict[str, Any]) -> dict[str, Any]:
    """As the database will give it back, so that the digest of what was written equals that of what is read."""
    plain: dict[str, Any] = json.loads(json.dumps(changes, cls=DjangoJSONEncoder))
    return plain


def lock_system_chain() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit system chain'))")


def looked(
    *, by: User, kind: str, what: str, folder: Model | None = None, operation: str = "consultation", **more: Any
) -> Access:
    """Write one consultation: a view, a search with its terms and hits, an export. `what` never holds a name."""
    return Access.objects.create(
        by=by, kind=kind, what=what, chain=folder.pk if folder is not None else None, operation=operation, **more
    )


def looked_at_each(folders: Any, *, by: User, kind: str, what: str, terms: str) -> None:
    """Write one consultation for each folder of a question (of ids), in one statement: the same one where there is none,
    so that nobody learns from how much is written what was hit.
    """
    words, values = folders.query.sql_with_params()
    same = (kind, Operation.CONSULTATION, by.pk, timezone.now(), what, terms)
    with connection.cursor() as cursor:
        cursor.execute(EACH % words, (*same, *values))


def denied(*, by: User, what: str, chain: int | None, terms: str) -> Access:
    """Write down that something was asked for and not shown; `chain` is the folder it is in, where there is one."""
    return Access.objects.create(by=by, kind=Access.Kind.DENIED, what=what, chain=chain, terms=terms)
