"""How a pack is made: its figures counted once in one snapshot of the database, kept, then pressed; and those that are stuck.

Figures are counted by whoever answers for none of them: they are the same whoever asks. What is pressed is made of what is
kept, so that a paper pressed a year later says the same.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from reporting import paper
from reporting.measures.reckon import Window
from reporting.models import TRIES, Snapshot, SnapshotContent, SnapshotFigures, SnapshotJob
from reporting.packs import one_figure, printing
from reporting.packs.declare import PACKS, Asking, Block, Frozen
from reporting.packs.withheld import frozen
from reporting.services import one_snapshot
from workflow import engine

Stage, State = SnapshotJob.Stage, Snapshot.State
Tell = Callable[[int, str], None]
GAVE_UP = f"It was tried {TRIES} times and could not be made. Try again; if that fails too, ring the service desk."
AT_ONCE = 100
COUNTED = 60  # hundredths of the way, once everything is counted


@override(settings.LANGUAGE_CODE)  # papers are made in the language of the record
def make(snapshot_id: int, *, again: bool = False) -> bool:
    """Make what waits; True if this call made it. Safe to run twice, at once or one after the other.

    `again`: the broker gave the task back because the worker that had it is gone. What goes wrong is raised, once it is back
    in the queue or, after the last attempt, said to have failed.
    """
    job = take(snapshot_id, again=again)
    if job is None:
        return False
    try:
        return make_taken(job)
    except Exception:
        put_back(job)
        raise


def take(snapshot_id: int, *, again: bool) -> SnapshotJob | None:
    """The job, now this attempt's own; None if it is finished or another has it. The database decides who wins."""
    snapshot = Snapshot.objects.all().standing().filter(pk=snapshot_id).first()
    if snapshot is None:
        return None
    SnapshotJob.objects.get_or_create(snapshot=snapshot)
    free = Q(stage=Stage.QUEUED)
    if again:
        free |= Q(stage__in=[Stage.FREEZING, Stage.PRESSING])
    taken = SnapshotJob.objects.filter(free, snapshot=snapshot, attempts__lt=TRIES).update(
        stage=Stage.FREEZING,
        run=uuid.uuid4(),
        attempts=F("attempts") + 1,
        taken_at=timezone.now(),
        progress=1,
        words="Counting",
    )
    rows = SnapshotJob.objects.select_related("snapshot__unit", "snapshot__recorded_by", "snapshot__signer")
    return rows.get(snapshot=snapshot) if taken else None


def make_taken(job: SnapshotJob) -> bool:
    kept = SnapshotFigures.objects.filter(snapshot=job.snapshot_id).first() or freeze(job)
    if kept is None or not own(job).update(stage=Stage.PRESSING, progress=COUNTED, words="Laying out the pages"):
        return False
    job.stage = Stage.PRESSING
    pdf, pages = paper.press(printing.written(job.snapshot, kept, job.run), telling(job))
    return keep(job, pdf, pages)


def freeze(job: SnapshotJob) -> SnapshotFigures | None:
    """Count everything at one moment and keep it; None where another attempt has taken over."""
    snapshot = job.snapshot
    blocks = blocks_of(snapshot)
    with aside(job) as tell, one_snapshot():
        asking = asking_of(snapshot, timezone.now())
        told = []
        for place, block in enumerate(blocks):
            tell(1 + place * (COUNTED - 1) // len(blocks), f"Counting, part {place + 1} of {len(blocks)}")
            told.append(block.read(asking))
    figures = [
        {**one, "theme": block.theme, "name": block.name, "measure": block.measure}
        for one, block in zip(frozen(told, suppressed=PACKS[snapshot.pack].suppressed), blocks, strict=True)
    ]
    made_by = digest(block.made_by() for block in blocks)
    with transaction.atomic():
        if not own(job).exists():
            return None
        return SnapshotFigures.objects.create(
            snapshot=snapshot,
            blocks=figures,
            as_at=asking.as_at,
            made_by=made_by,
            fingerprint=fingerprint(figures, made_by),
        )


def blocks_of(snapshot: Snapshot) -> tuple[Block, ...]:
    return one_figure.blocks_of(snapshot.of) if snapshot.of else PACKS[snapshot.pack].blocks


def asking_of(snapshot: Snapshot, at: datetime) -> Asking:
    return Asking(Window(snapshot.first_on, snapshot.last_on), snapshot.unit, at, snapshot.of)


def canonical(figures: list[Frozen]) -> str:
    """The same figures are the same text, in whatever order they were kept."""
    return json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(texts: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def fingerprint(figures: list[Frozen], made_by: str) -> str:
    """SHA-256 of the figures and of the digest of what they were made by."""
    return digest(iter((canonical(figures), made_by)))


@contextmanager
def aside(job: SnapshotJob) -> Iterator[Tell]:
    """What says how far it has got, over a connection of its own: the counting is one transaction, and nobody would see it."""
    if connection.in_atomic_block:  # whoever called holds the transaction: there is nobody to show it to
        yield partial(say, job)
        return
    other: Any = connection.copy()

    def tell(progress: int, words: str) -> None:
        with other.cursor() as cursor:
            cursor.execute(
                "UPDATE reporting_snapshotjob SET progress = %s, words = %s WHERE id = %s AND run = %s AND stage = %s",
                [progress, words, job.pk, job.run, Stage.FREEZING],
            )

    try:
        yield tell
    finally:
        other.close()


def say(job: SnapshotJob, progress: int, words: str) -> None:
    own(job).update(progress=min(progress, 99), words=words)


def telling(job: SnapshotJob) -> Callable[[int, int], None]:
    """What the press calls as it goes: the page being laid out, and how many there are (0 while that is not known)."""

    def tell(page: int, pages: int) -> None:
        if pages:
            say(job, 95, f"Writing {pages} page{'' if pages == 1 else 's'}")
        else:
            say(job, COUNTED + min(page, 30), f"Laying out page {page}")

    return tell


def own(job: SnapshotJob) -> Any:
    """The row, as long as it is still this attempt's."""
    return SnapshotJob.objects.filter(pk=job.pk, run=job.run, stage__in=[Stage.FREEZING, Stage.PRESSING])


def keep(job: SnapshotJob, pdf: bytes, pages: int) -> bool:
    """Keep the bytes, and say of a new pack that it is made; False, and nothing kept, if another attempt took over."""
    with transaction.atomic():
        if not own(job).update(stage=Stage.MADE, progress=100, words="Ready"):
            return False
        SnapshotContent.objects.create(
            snapshot=job.snapshot,
            pdf=pdf,
            pages=pages,
            digest=hashlib.sha256(pdf).hexdigest(),
            run=job.run,
            made_at=timezone.now(),
        )
        snapshot = Snapshot.objects.get(pk=job.snapshot_id)
        if snapshot.state == State.ASKED:
            engine.perform(snapshot, "make", by=User.objects.system(), evidence={}, seen=snapshot.version)
    return True


def put_back(job: SnapshotJob) -> None:
    """After a fault: to the queue again, or failed with a sentence when it was the last attempt."""
    if job.attempts < TRIES:
        own(job).update(stage=Stage.QUEUED, progress=0, words=SnapshotJob.WAITING, queued_at=timezone.now())
    else:
        own(job).update(stage=Stage.FAILED, failed_because=GAVE_UP, words="Could not be made")


def sweep(now: datetime) -> list[int]:
    """Ids of the packs that a worker must be told of again as at the moment (UTC), one batch.

    Those that nobody began, because the broker was down; those whose worker is gone; those that were asked for and have no
    job yet. Indexes: snapshot_job_unfinished, snapshot_asked.
    """
    with transaction.atomic():
        for job in SnapshotJob.objects.stuck(now).select_for_update(skip_locked=True).order_by("queued_at")[:AT_ONCE]:
            put_back(job)
    waiting = SnapshotJob.objects.unheard(now).exclude(snapshot__state=State.WITHDRAWN).order_by("queued_at")
    unheard = list(waiting.values_list("snapshot", flat=True)[:AT_ONCE])
    begun = Snapshot.objects.filter(state=State.ASKED, job__isnull=True).order_by("pk")
    return [*unheard, *begun.values_list("pk", flat=True)[: AT_ONCE - len(unheard)]]
