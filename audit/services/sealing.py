"""Seal consultations each minute; keep the ends of the record, each day, where the database cannot reach."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Access, Event, Operation, Seal
from audit.services.writing import access_facts, digest_of, lock_system_chain, record

BATCH = 5000
ANCHORED = "audit.anchored"
ANCHORED_WITHIN = timedelta(hours=48)


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
    lock_system_chain()
    previous = Seal.objects.order_by("-pk").values_list("digest", flat=True).first() or ""
    made = Seal.objects.create(
        count=len(rows), previous=previous, digest=digest_of(previous, [access_facts(row) for row in rows])
    )
    Access.objects.filter(pk__in=[row.pk for row in rows]).update(seal=made)
    return len(rows)


def heads() -> dict[str, Any]:
    """The end of every chain and the newest seal."""
    ends = Event.objects.order_by("chain", "-number").distinct("chain").values_list("chain", "number", "digest")
    last_seal = Seal.objects.order_by("-pk").values_list("pk", "digest").first() or (0, "")
    return {"ends": [list(end) for end in ends], "seal": list(last_seal)}


def anchor(path: Path | None = None) -> dict[str, Any]:
    """Add the ends that moved since the line before to the anchor file, outside the database and its backups.

    Each line carries the digest of the line before, and the record keeps the digest of the new one: neither the file
    nor the record can lose its end without the other saying so.
    """
    target = path or Path(settings.AUDIT_ANCHOR_FILE)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a+", encoding="utf-8") as file, transaction.atomic():
        fcntl.flock(file, fcntl.LOCK_EX)
        known, previous = known_ends(target)
        now, found = timezone.now(), heads()
        moved = [end for end in found["ends"] if known.get(end[0]) != (end[1], end[2])]
        line = {"at": now.isoformat(), "ends": moved, "seal": found["seal"], "previous": previous}
        event = record(
            name=ANCHORED, operation=Operation.COLLECTION, subject=Seal(pk=found["seal"][0]), folder=None,
            by=User.objects.system(), at=now, changes={"": [None, body_digest(line)]},
        )  # fmt: skip
        line["own"] = [event.chain, event.number, event.digest]
        file.write(json.dumps(line) + "\n")
    return line


def body_digest(line: dict[str, Any]) -> str:
    """The digest of what a line says, but for the act that keeps this digest."""
    return line_digest(json.dumps({name: value for name, value in line.items() if name != "own"}))


def ends_of(line: dict[str, Any]) -> list[list[Any]]:
    """Every end that a line vouches for, that of the act that wrote it last."""
    return [*line["ends"], line["own"]] if "own" in line else list(line["ends"])


def line_digest(said: str) -> str:
    return hashlib.sha256(said.strip().encode()).hexdigest()


def lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line of the anchor file: as it stands there, and what it says. Raises ValueError where it cannot be read."""
    if path.exists():
        with path.open(encoding="utf-8") as file:
            for said in file:
                if said.strip():
                    yield said, json.loads(said)


def known_ends(path: Path, until: datetime | None = None) -> tuple[dict[int, tuple[int, str]], str]:
    """{chain: (number, digest)} as of the newest line (no later than `until`, UTC), and the digest of that line."""
    known: dict[int, tuple[int, str]] = {}
    previous = ""
    for said, line in lines(path):
        if until is not None and datetime.fromisoformat(line["at"]) > until:
            break
        known |= {chain: (number, digest) for chain, number, digest in ends_of(line)}
        previous = line_digest(said)
    return known, previous


def anchored_lately(now: datetime) -> bool:
    """Whether the ends were kept outside within two days (UTC), or nothing is older than that. Index: event_of_subject."""
    kept = Event.objects.filter(subject_type=Seal._meta.label_lower, name=ANCHORED).order_by("-subject_id", "-pk")
    newest = kept.values_list("recorded_at", flat=True).first()
    if newest is None:
        return not Event.objects.filter(recorded_at__lt=now - ANCHORED_WITHIN).exists()
    return newest > now - ANCHORED_WITHIN
