"""The verbs of the record: write an act, write a consultation, seal, anchor, verify."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from audit.models import SYSTEM_CHAIN, Access, Event, Seal

BATCH = 5000
ANCHORED_WITHIN = timedelta(hours=48)


def digest_of(previous: str, facts: object) -> str:
    """SHA-256 over the digest before and the canonical JSON of the facts."""
    said = json.dumps(facts, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def event_facts(event: Event) -> dict[str, Any]:
    """What the digest of an act covers."""
    return {
        "chain": event.chain, "number": event.number, "name": event.name, "operation": event.operation,
        "subject": [event.subject_type, event.subject_id], "by": event.by_id, "at": _moment(event.at),
        "recorded_at": _moment(event.recorded_at), "changes": event.changes,
    }  # fmt: skip


def record(
    *, name: str, operation: str, subject: Model, folder: Model | None, by: User, at: datetime, changes: dict[str, Any]
) -> Event:
    """Append an act to its folder's chain. The caller holds the folder's lock, so the head cannot move beneath us.

    `at` (UTC) is the engine's now. When a thing happened, as somebody tells it, is a fact in the record's own columns.
    """
    chain = folder.pk if folder is not None else SYSTEM_CHAIN
    if chain == SYSTEM_CHAIN:
        _lock_system_chain()
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


def _lock_system_chain() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit system chain'))")


def looked(
    *, by: User, kind: str, what: str, folder: Model | None = None, operation: str = "consultation", **more: Any
) -> Access:
    """Write one consultation: a view, a search with its terms and hits, an export. `what` never holds a name."""
    return Access.objects.create(
        by=by, kind=kind, what=what, chain=folder.pk if folder is not None else None, operation=operation, **more
    )


def access_facts(access: Access) -> list[Any]:
    """What a seal covers of one consultation."""
    return [
        access.pk, access.kind, access.operation, access.by_id, _moment(access.at), access.chain, access.what,
        access.reason_code, access.reason, access.terms, access.hits, access.session, access.address,
    ]  # fmt: skip


def seal() -> int:
    """Seal every consultation not yet sealed, one batch to a seal; returns how many. Safe to run twice at once."""
    total = 0
    while count := _seal_batch():
        total += count
    return total


@transaction.atomic
def _seal_batch() -> int:
    unsealed = Access.objects.filter(seal__isnull=True).order_by("pk")
    rows = list(unsealed.select_for_update(of=("self",), skip_locked=True)[:BATCH])
    if not rows:
        return 0
    _lock_system_chain()
    previous = Seal.objects.order_by("-pk").values_list("digest", flat=True).first() or ""
    made = Seal.objects.create(
        count=len(rows), previous=previous, digest=digest_of(previous, [access_facts(row) for row in rows])
    )
    Access.objects.filter(pk__in=[row.pk for row in rows]).update(seal=made)
    return len(rows)


def heads() -> dict[str, Any]:
    """The end of every chain and the newest seal: what the daily anchor keeps outside the database."""
    ends = Event.objects.order_by("chain", "-number").distinct("chain").values_list("chain", "number", "digest")
    last_seal = Seal.objects.order_by("-pk").values_list("pk", "digest").first() or (0, "")
    return {"ends": [list(end) for end in ends], "seal": list(last_seal)}


def anchor(path: Path | None = None) -> dict[str, Any]:
    """Write today's heads to the anchor file, which lives outside the database and its backups."""
    line = {"at": timezone.now().isoformat(), **heads()}
    target = path or Path(settings.AUDIT_ANCHOR_FILE)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return line


def verify(path: Path | None = None) -> Iterator[str]:
    """Every fault found: a broken or gapped chain, a broken seal, an anchor that no longer matches. Nothing if sound."""
    yield from _verify_events()
    yield from _verify_seals()
    yield from _verify_anchors(path or Path(settings.AUDIT_ANCHOR_FILE))


def _verify_events() -> Iterator[str]:
    chain, number, digest = -1, 0, ""
    for event in Event.objects.order_by("chain", "number").iterator(BATCH):
        if event.chain != chain:
            chain, number, digest = event.chain, 0, ""
        if event.number != number + 1:
            yield f"Chain {chain}: number {number + 1} is missing before event {event.pk}."
        if event.previous != digest or event.digest != digest_of(event.previous, event_facts(event)):
            yield f"Chain {chain}: event {event.pk} (number {event.number}) does not match its digest."
        number, digest = event.number, event.digest


def _verify_seals() -> Iterator[str]:
    previous = ""
    for made in Seal.objects.order_by("pk").iterator(BATCH):
        rows = list(made.accesses.order_by("pk"))
        if made.previous != previous or len(rows) != made.count:
            yield f"Seal {made.pk}: {len(rows)} consultations where {made.count} were sealed, or the chain is broken."
        elif made.digest != digest_of(previous, [access_facts(row) for row in rows]):
            yield f"Seal {made.pk}: a consultation was changed after it was sealed."
        previous = made.digest


def _verify_anchors(path: Path) -> Iterator[str]:
    lines = list(_lines(path))
    if not lines and Event.objects.filter(recorded_at__lt=timezone.now() - ANCHORED_WITHIN).exists():
        yield "No anchor has been kept outside the database: a rewritten end of a chain could not be found."
    for line in lines:
        for chain, number, digest in line["ends"]:
            if not Event.objects.filter(chain=chain, number=number, digest=digest).exists():
                yield f"Anchor of {line['at']}: act {number} of chain {chain} is gone or was rewritten."
        pk, digest = line["seal"]
        if pk and not Seal.objects.filter(pk=pk, digest=digest).exists():
            yield f"Anchor of {line['at']}: seal {pk} is gone or was rewritten."


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
