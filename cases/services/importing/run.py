"""One run: read, check beside each other, put in, and say what was rejected and why. It may be stopped, and run again."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Operation
from cases.models import ImportedRow, ImportRun
from cases.services.importing import putting, staging
from cases.services.importing.columns import FILES
from cases.services.importing.reading import missing_heads, rows_of

REJECTS = "rejects.csv"
LOCK = 20_260_005  # of PostgreSQL, for the whole connection: two imports at once would each make everybody anew
PATIENCE = 20  # seconds
Tell = Callable[[int, int, str], None]  # so many rows more, of so many of this part of the work, and what is being done


class NotReadable(Exception):
    """The files cannot be imported at all; its sentence says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: incidents that went in now, rows that were rejected and stand in the rejects file."""

    incidents: int
    rejected: int
    rejects: Path


@dataclass(frozen=True, slots=True)
class Looked:
    """The files as they were found: what tells them from any others, and about how many rows each has."""

    digest: str
    rows: dict[str, int]


def import_history(folder: Path, *, source: str, by: User, tell: Tell) -> Outcome:
    """Import the three files of a folder. The same files again change nothing, or go on where a run was stopped.

    `source` names the system that the ids come from: the same id of another system is another person. Raises NotReadable.
    """
    refuse_unless_readable(folder)
    with alone():
        looked = look_at(folder)
        run = ImportRun.objects.get_or_create(source=source, digest=looked.digest, defaults={"by": by})[0]
        with (folder / REJECTS).open("w", encoding="utf-8", newline="") as file:
            writer, rejected = csv.writer(file), 0
            writer.writerow(("file", "row", "field", "reason"))

            def reject(name: str, line: int, wrong: str, reason: str) -> None:
                nonlocal rejected
                rejected += 1
                writer.writerow((name, line, wrong, reason))

            stage_all(folder, looked, reject, tell)
        left, done = putting.lay_out(source), 0
        for count in putting.put_in(run, by):
            done += count
            tell(count, left, "putting whole incidents in")
        end(run, by, rejected)
        staging.run(staging.AS_BEFORE)
    return Outcome(done, rejected, folder / REJECTS)


def refuse_unless_readable(folder: Path) -> None:
    for name in FILES:
        path = folder / name
        if not path.is_file():
            raise NotReadable(f"There is no {name} in the folder.")
        if missing := missing_heads(path):
            raise NotReadable(f"{name} lacks the columns {', '.join(missing)}.")


@contextmanager
def alone() -> Iterator[None]:
    """Let nobody else import meanwhile. A run whose process died lets go when the server has ended its last statement."""
    end = time.monotonic() + PATIENCE
    while not staging.run("SELECT pg_try_advisory_lock(%s)", [LOCK])[0][0]:
        if time.monotonic() > end:
            raise NotReadable("Another import is running.")
        time.sleep(0.2)
    try:
        yield
    finally:
        staging.run("SELECT pg_advisory_unlock(%s)", [LOCK])


def look_at(folder: Path) -> Looked:
    digest, rows = sha256(), {}
    for name in FILES:
        rows[name] = -1  # the heads
        with (folder / name).open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                rows[name] += piece.count(b"\n")
    return Looked(digest.hexdigest(), rows)


def stage_all(folder: Path, looked: Looked, reject: staging.Reject, tell: Tell) -> None:
    units = frozenset(Unit.objects.values_list("code", flat=True))
    broken: set[str] = set()
    staging.make_tables()
    for name in FILES:
        for count in staging.stage(name, rows_of(folder / name, units), reject, broken):
            tell(count, looked.rows[name], f"reading {name}")
    tell(0, 0, "checking the rows beside each other")
    staging.cross_check(broken - {""}, reject)


@transaction.atomic
def end(run: ImportRun, by: User, rejected: int) -> None:
    """Write down what the run did; one act for all of it, in the chain of what belongs to no folder."""
    now = timezone.now()
    kinds = ImportedRow.objects.filter(run=run)
    run.people, run.incidents = (kinds.filter(kind=kind).count() for kind in ("person", "incident"))
    run.rejected, run.ended_at = rejected, now
    run.save(update_fields=["people", "incidents", "rejected", "ended_at"])
    changes: dict[str, Any] = {
        "people": [None, run.people],
        "incidents": [None, run.incidents],
        "rejected": [None, rejected],
        "digest": [None, run.digest],
    }
    audit.record(
        name="import.history", operation=Operation.COLLECTION, subject=run, folder=None, by=by, at=now, changes=changes
    )
