"""A force at scale: two folders told by the verbs, then copied in bulk; indexes and keys are made again afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from benchmarks import cloning, force, pattern
from benchmarks.cloning import Copier, one_of
from benchmarks.conferences import tell_conferences
from benchmarks.considerations import ENDED, OPEN, tell_considerations
from benchmarks.judged import tell_judged
from benchmarks.progress import Progress
from cases.models import Case, Incident
from risk.models import Assessment
from supervision.escalation.sweep import sweep

BATCH = 10_000  # folders in one statement
MEASURED = 160  # records ready to be sent, and as many that wait for a sergeant; each can be used once
INDEX_WORTH = 400_000  # what an index weighs on the bar at a million rows: it is built, not counted
WORDS = """
    INSERT INTO people_nameword (word) SELECT DISTINCT unnest(words_plain) FROM people_personname
    EXCEPT SELECT word FROM people_nameword
"""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the measures work on: who, which records, and how it was made.

    `to_answer` and `to_finish` are assessments, those of the records to write and to send; `judged` is the case that is told
    in full, `plan` its safety plan; `forum`, `meeting` and `item` are those of `benchmarks/conferences.py`,
    `consideration` one of `benchmarks/considerations.py`.
    """

    officer: str
    sergeant: str
    head: str
    to_write: list[int]
    to_answer: list[int]
    to_finish: list[int]
    to_send: list[int]
    to_approve: list[int]
    versions: dict[int, int]
    case: str
    judged: str
    plan: int
    coordinator: str
    forum: int
    meeting: int
    item: int
    discloser: str
    consideration: str
    rows: int
    seconds: float
    megabytes: int


def seed(deadlines: int, measured: int = MEASURED) -> Seeded:
    """Fill an empty migrated database with so many open deadlines and all that stands round them."""
    made = force.raise_force()
    officer, sergeant = made.officer, made.sergeant
    bulk = pattern.lean(pattern.tell(officer, sergeant, "sent"), officer, sergeant)
    folders = max(1, deadlines // pattern.OPEN_EACH)
    team = f"n.n % {force.TEAMS}"
    copier = Copier(
        bulk, one_of([pk for each in zip(*made.officers, strict=True) for pk in each], "n.n"),
        one_of(made.sergeants, "n.n"), one_of([unit.pk for unit in made.teams], team),
        cloning.varied(f"timestamptz '{timezone.now().isoformat()}'"), cloning.aged(),
    )  # fmt: skip
    tables = [model._meta.db_table for model in bulk.rows]
    progress = Progress(folders * copier.rows_each + INDEX_WORTH * folders // 20_000)
    with without_triggers(tables), without_indexes(tables, progress, INDEX_WORTH * folders // 20_000):
        for first in range(0, folders, BATCH):
            _copy(copier, first, min(first + BATCH, folders) - 1, progress)
        copier.move_sequences()
    run(WORDS)
    plan = tell_judged(officer, sergeant)
    forum, meeting, item = tell_conferences(made.coordinator)
    small = deadlines < OPEN  # of a force that is only tried out
    asked = tell_considerations(made.discloser, *((8, 6) if small else (OPEN, ENDED)))
    sweep(timezone.now())  # that folder is older than what it owed: whoever should hear of it has heard
    to_write, to_answer = _ready(officer, sergeant, "complete", measured, "W")
    to_send, to_finish = _ready(officer, sergeant, "complete", measured, "C")
    to_approve, _ = _ready(officer, sergeant, "sent", measured, "S")
    progress.add(0, "VACUUM and ANALYZE")
    run("VACUUM ANALYZE")
    seconds = progress.end()
    opened = Incident.objects.select_related("case").get(pk=to_approve[-1]).case
    ready = Incident.objects.filter(pk__in=[*to_write, *to_send, *to_approve])
    versions = dict(ready.values_list("pk", "version"))
    return Seeded(
        officer.username, sergeant.username, made.head.username, to_write, to_answer, to_finish, to_send, to_approve[:-1],
        versions, opened.reference, plan.case.reference, plan.pk,
        made.coordinator.username, forum.pk, meeting.pk, item.pk,
        made.discloser.username, asked.case.reference, progress.done, seconds, size(),
    )  # fmt: skip


def _copy(copier: Copier, first: int, last: int, progress: Progress) -> None:
    with transaction.atomic():
        for model in copier.pattern.rows:
            progress.add(copier.copy(first, last, model), f"copying {model._meta.verbose_name_plural}")


def _ready(officer: Any, sergeant: Any, ends: str, count: int, letter: str) -> tuple[list[int], list[int]]:
    """Ids of so many whole records of the measured officer, and of their assessments: every answer and act in them."""
    told = pattern.whole(pattern.tell(officer, sergeant, ends), officer, sergeant)
    own = {(Case, "reference"): f"'DA-2026-{letter}' || lpad((n.n + 1)::text, 6, '0')"}
    copier = Copier(told, str(told.officer), str(told.sergeant), str(told.unit), instead=own)
    with transaction.atomic():
        for model in told.rows:
            copier.copy(0, count - 1, model)
    copier.move_sequences()
    return copier.ids(Incident, count), copier.ids(Assessment, count)


def run(statement: str, values: Any = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def size() -> int:
    """The database's size on disk, in MB."""
    return int(run("SELECT pg_database_size(current_database()) / 1000000")[0][0])


@contextmanager
def without_triggers(tables: list[str]) -> Iterator[None]:
    """History and word lists are not written row by row while copies are made; the owner may switch that off."""
    for table in tables:
        run(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    for table in tables:
        run(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


@contextmanager
def without_indexes(tables: list[str], progress: Progress, worth: int) -> Iterator[None]:
    """Keys to other tables and plain indexes are taken away and made again, each once, over all the rows."""
    keys = run(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)", [tables],
    )  # fmt: skip
    indexes = run(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)", [tables],
    )  # fmt: skip
    for table, name, _ in keys:
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        run(f"DROP INDEX {name}")
    yield
    run("SET maintenance_work_mem = '512MB'")
    each = worth // max(1, len(keys) + len(indexes))
    for _, words in indexes:
        run(words)
        progress.add(each, "indexes, each once over all rows")
    for table, name, words in keys:
        run(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {words}')
        progress.add(each, "keys between tables")
