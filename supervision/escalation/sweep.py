"""One sweep: batches of deadlines whose next rung is due, each batch in one transaction and at most 12 statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Max

from cases.visibility import hearing
from supervision.escalation.hearers import LAST_RESORT, STANDS_IN, Ears
from supervision.escalation.plan import Plan, plan
from supervision.escalation.roster import roster_of
from supervision.models import Fault, Notice
from workflow.deadlines import rung_moments
from workflow.models import Deadline
from workflow.models.deadline import DeadlineQuerySet
from workflow.policies import HOLDER, Rung

BATCH = 500
RETRY = timedelta(minutes=15)  # a rung that nobody could hear is tried again, until somebody comes on duty
FAULTY_AGAIN = timedelta(hours=1)  # a row that cannot be read is looked at again, and does not crowd out the others

# What a row of bad data raises while it is read: a policy no longer declared, a ladder that is no ladder, no unit line.
UNREADABLE = (LookupError, ValueError, TypeError, ArithmeticError)

MOVE_ON = """
    UPDATE workflow_deadline SET next_rung_at = moved.next_rung_at, unheard_at = moved.unheard_at
    FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS moved (id, next_rung_at, unheard_at)
    WHERE workflow_deadline.id = moved.id
"""

Ladder = list[tuple[datetime, Rung]]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: rows looked at, notices written, rows nobody could hear, rows that could not be read."""

    rows: int = 0
    notices: int = 0
    unheard: int = 0
    faults: int = 0

    def __add__(self, other: Swept) -> Swept:
        return Swept(
            self.rows + other.rows,
            self.notices + other.notices,
            self.unheard + other.unheard,
            self.faults + other.faults,
        )


def sweep(now: datetime, batch: int = BATCH) -> Swept:
    """Tell everybody whom a rung due at the moment (UTC) names. Safe to run twice at once and after any outage."""
    total = Swept()
    # most minutes: one question, and no transaction. In the order of its index: without an order (`exists`) the planner
    # may read the whole table for the first row, and there is none
    if _waiting(now).values_list("pk", flat=True).first() is None:
        return total
    while True:
        done = _sweep_batch(now, batch)
        total += done
        if done.rows < batch:
            return total


def _sweep_batch(now: datetime, batch: int) -> Swept:
    try:
        with transaction.atomic():
            return _tell(_due(now, batch), now)
    except (DataError, IntegrityError):
        return _one_by_one(now, batch)


def _one_by_one(now: datetime, batch: int) -> Swept:
    """The database refused the batch because of some row: take the rows singly, so that only that one waits."""
    total = Swept()
    for pk in _waiting(now).values_list("pk", flat=True)[:batch]:
        try:
            with transaction.atomic():
                total += _tell(list(_locked(now).filter(pk=pk)), now)
        except (DataError, IntegrityError) as refused:
            with transaction.atomic():
                _put_aside({pk: type(refused).__name__}, now)
                Deadline.objects.filter(pk=pk).update(next_rung_at=now + FAULTY_AGAIN)
            total += Swept(rows=1, faults=1)
    return total


def _waiting(now: datetime) -> DeadlineQuerySet:
    return Deadline.objects.open().filter(next_rung_at__lte=now).order_by("next_rung_at", "pk")


def _locked(now: datetime) -> DeadlineQuerySet:
    rows = _waiting(now).select_related("case", "unit", "setting", "holder")
    return rows.select_for_update(of=("self",), skip_locked=True)


def _due(now: datetime, batch: int) -> list[Deadline]:
    return list(_locked(now)[:batch])


def _tell(rows: list[Deadline], now: datetime) -> Swept:
    """Write the notices of these locked deadlines and move their next rung on, all in the caller's transaction."""
    if not rows:
        return Swept()
    ladders, faults = _ladders(rows)
    told, ears = _told_already(rows), _ears(rows, ladders, now)
    plans: list[Plan] = []
    for deadline in rows:
        if deadline.pk in ladders:
            reached = told.get((deadline.pk, deadline.due_at))
            plans.append(plan(deadline, ladders[deadline.pk], reached, ears, now, RETRY))
    notices = [notice for made in plans for notice in made.notices]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    _move_on(plans, faults, now)
    _put_aside(faults, now)
    _clear(ladders)
    return Swept(len(rows), len(notices), sum(made.unheard_at is not None for made in plans), len(faults))


def _ladders(rows: list[Deadline]) -> tuple[dict[int, Ladder], dict[int, str]]:
    """The ladder of each deadline that can be read; and the kind of fault of each that cannot."""
    ladders: dict[int, Ladder] = {}
    faults: dict[int, str] = {}
    for deadline in rows:
        try:
            ladders[deadline.pk] = rung_moments(deadline)
        except UNREADABLE as fault:
            faults[deadline.pk] = type(fault).__name__
    return ladders, faults


def _told_already(rows: list[Deadline]) -> dict[tuple[int, datetime], float]:
    """The highest rung told so far for each deadline and due moment."""
    told = Notice.objects.filter(deadline__in=[deadline.pk for deadline in rows]).order_by()
    highest = told.values_list("deadline_id", "due_at").annotate(Max("rung"))
    return {(deadline, due_at): rung for deadline, due_at, rung in highest}


def _ears(rows: list[Deadline], ladders: dict[int, Ladder], now: datetime) -> Ears:
    """Everybody who could hear any of these, in three queries however many they are."""
    wanted = {rung.who for ladder in ladders.values() for _, rung in ladder} - {HOLDER}
    wanted = wanted.union({STANDS_IN}, *LAST_RESORT)
    units = {unit for deadline in rows for unit in deadline.unit.lineage}
    holders = {deadline.holder_id for deadline in rows if deadline.holder_id is not None}
    roster = roster_of(wanted, units, holders, now)
    folders = {deadline.case_id for deadline in rows if deadline.case_id is not None}
    return Ears(roster, hearing(folders, roster.people() | holders, now))


def _move_on(plans: list[Plan], faults: dict[int, str], now: datetime) -> None:
    """One statement: the next rung of every row, and since when nobody could hear it."""
    moved = [(made.deadline.pk, made.next_rung_at, made.unheard_at) for made in plans]
    moved += [(pk, now + FAULTY_AGAIN, None) for pk in faults]
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, [list(column) for column in zip(*moved, strict=True)])


def _put_aside(faults: dict[int, str], now: datetime) -> None:
    rows = [Fault(deadline_id=pk, kind=kind, at=now) for pk, kind in faults.items()]
    Fault.objects.bulk_create(rows, update_conflicts=True, unique_fields=["deadline"], update_fields=["kind"])


def _clear(readable: Iterable[int]) -> None:
    """Faults of rows that can be read again are no longer red."""
    Fault.objects.filter(deadline__in=list(readable)).delete()
