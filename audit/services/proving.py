"""Prove that the record is whole: one pass over acts, one over seals, one over the anchor file; memory does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from audit.models import Access, Event, Seal
from audit.services.sealing import (
    ANCHORED,
    ANCHORED_WITHIN,
    BATCH,
    body_digest,
    ends_of,
    known_ends,
    line_digest,
    lines,
)
from audit.services.writing import ACCESS_COLUMNS, EVENT_COLUMNS, digest_of, facts_of_access, facts_of_event

Told = Callable[[str, int, int], None]  # what is being read, how many so far, of how many
Ends = dict[int, tuple[int, str]]
UNREADABLE = "The anchor file cannot be read from line {} on."


def nobody(what: str, done: int, total: int) -> None:
    """For a caller who does not watch."""


def verify(path: Path | None = None, *, since: datetime | None = None, told: Told = nobody) -> Iterator[str]:
    """Every fault found: a broken or gapped chain, a broken seal, an anchor that no longer matches. Nothing if sound.

    `since` (UTC) reads only acts after the newest anchor of that moment, trusting it for what came before; seals and
    anchors are always read whole. `told` hears how far it is.
    """
    file = path or Path(settings.AUDIT_ANCHOR_FILE)
    try:
        kept: Ends = known_ends(file, since)[0] if since else {}
    except (ValueError, KeyError):
        kept = {}  # `_anchors` says where the file is broken; then the whole record is read
    yield from _acts(kept, told)
    yield from _seals(told)
    yield from _anchors(file, told)


def _counted(rows: Iterable[Any], what: str, total: int, told: Told) -> Iterator[Any]:
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if done % BATCH == 0:
            told(what, done, total)
    told(what, done, total)


AFTER = """
    SELECT act.id FROM audit_event act LEFT JOIN unnest(%s::bigint[], %s::int[]) AS kept(chain, number) USING (chain)
    WHERE act.number > coalesce(kept.number, 0)
"""


def _acts(kept: Ends, told: Told) -> Iterator[str]:
    """Index: event_one_of_each_number gives them in the order of their chains."""
    rows = Event.objects.order_by("chain", "number")
    if kept:
        params = (list(kept), [number for number, _ in kept.values()])
        rows = rows.filter(pk__in=RawSQL(AFTER, params))  # noqa: S611 - numbers of an anchor, sent as parameters
    total = rows.count()
    chain, number, digest = -1, 0, ""
    with transaction.atomic():  # within one the database hands rows over as they are read, instead of keeping them all
        found = rows.values_list(*EVENT_COLUMNS, "pk", "previous", "digest").iterator(BATCH)
        for row in _counted(found, "acts", total, told):
            if row[0] != chain:
                chain = row[0]
                number, digest = kept.get(chain, (0, ""))
            yield from _faults_of_act(row, number, digest)
            number, digest = row[1], row[-1]


def _faults_of_act(row: tuple[Any, ...], number: int, digest: str) -> Iterator[str]:
    chain, (pk, previous, said) = row[0], row[-3:]
    if row[1] != number + 1:
        yield f"Chain {chain}: number {number + 1} is missing before event {pk}."
    if previous != digest or said != digest_of(previous, facts_of_event(row[:-3])):
        yield f"Chain {chain}: event {pk} (number {row[1]}) does not match its digest."


SEAL = ("pk", "count", "previous", "digest")


def _seals(told: Told) -> Iterator[str]:
    """Seals and what they cover in one statement, so that a seal made meanwhile is seen whole or not at all."""
    columns = (*SEAL, *(f"accesses__{name}" for name in ACCESS_COLUMNS))
    total = Access.objects.filter(seal__isnull=False).count()
    previous = ""
    with transaction.atomic():
        found = Seal.objects.order_by("pk", "accesses__pk").values_list(*columns).iterator(BATCH)
        for made, rows in groupby(_counted(found, "consultations", total, told), itemgetter(slice(0, len(SEAL)))):
            covered = [row[len(SEAL) :] for row in rows if row[len(SEAL)] is not None]
            yield from _faults_of_seal(made, covered, previous)
            previous = made[3]


def _faults_of_seal(made: tuple[Any, ...], covered: list[tuple[Any, ...]], previous: str) -> Iterator[str]:
    pk, count, before, digest = made
    if before != previous or len(covered) != count:
        yield f"Seal {pk}: {len(covered)} consultations where {count} were sealed, or the chain is broken."
    elif digest != digest_of(previous, [facts_of_access(row) for row in covered]):
        yield f"Seal {pk}: a consultation was changed after it was sealed."


def _anchors(path: Path, told: Told) -> Iterator[str]:
    previous, newest, kept, done = "", None, set[str](), 0
    try:
        for done, (said, line) in enumerate(lines(path), 1):
            if line.get("previous", "") != previous and done > 1:
                yield f"Anchor of {line['at']}: it does not follow the line before. The anchor file was changed."
            yield from _faults_of_line(line)
            previous, newest = line_digest(said), datetime.fromisoformat(line["at"])
            kept.add(body_digest(line))
            told("anchors", done, done)
    except (ValueError, KeyError, TypeError):
        yield UNREADABLE.format(done + 1)
    yield from _lost_anchors(kept)
    recent = Event.objects.filter(recorded_at__lt=timezone.now() - ANCHORED_WITHIN)
    if newest is None and recent.exists():
        yield "No anchor has been kept outside the database: a rewritten end of a chain could not be found."
    elif newest is not None and recent.filter(recorded_at__gt=newest).exclude(name=ANCHORED).exists():
        yield f"No anchor has been kept since {newest:%Y-%m-%d %H:%M}: a rewritten end could not be found."


GONE = """
    SELECT kept.chain, kept.number FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS kept(chain, number, digest)
    LEFT JOIN audit_event act ON (act.chain, act.number, act.digest) = (kept.chain, kept.number, kept.digest)
    WHERE act.id IS NULL
"""


def _faults_of_line(line: dict[str, Any]) -> Iterator[str]:
    """Asks for a batch of ends at a time. Index: event_one_of_each_number."""
    vouched = ends_of(line)
    for first in range(0, len(vouched), BATCH):
        ends = vouched[first : first + BATCH]
        with connection.cursor() as cursor:
            cursor.execute(GONE, [list(column) for column in zip(*ends, strict=True)])
            for chain, number in cursor.fetchall():
                yield f"Anchor of {line['at']}: act {number} of chain {chain} is gone or was rewritten."
    pk, digest = line["seal"]
    if pk and not Seal.objects.filter(pk=pk, digest=digest).exists():
        yield f"Anchor of {line['at']}: seal {pk} is gone or was rewritten."


def _lost_anchors(kept: set[str]) -> Iterator[str]:
    """Anchors of which the record knows and the file does not: the file was cut, or changed for another."""
    known = Event.objects.filter(subject_type=Seal._meta.label_lower, name=ANCHORED).order_by("pk")
    for at, changes in known.values_list("recorded_at", "changes").iterator(BATCH):
        said = changes.get("") or [None]  # an act that was rewritten says nothing, and is a fault like any other
        if said[-1] not in kept:
            yield f"Anchor of {at:%Y-%m-%d %H:%M}: the anchor file does not have it any more."
