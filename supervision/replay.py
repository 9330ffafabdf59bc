"""A change to the bank holidays, gone over the open deadlines: what it would move, and moving it, by one and the same sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from audit.models import Event
from supervision.models import HolidayChange
from workflow.clock import Calendar, Length, UnknownYear, due
from workflow.clock.moment import end_of, start_of
from workflow.deadlines import move
from workflow.models import Deadline, Holiday
from workflow.models.deadline import DeadlineQuerySet
from workflow.models.holiday import Division, calendar_of

BATCH = 200
COUNTED = 20_000  # a preview counts as far as this and then says "at least"
TASK = "supervision.replay_holidays"
COUNTS_DAYS = ("working-days:", "statutory-hours:")  # the rules that look at the calendar
OURS = Division.ENGLAND_AND_WALES  # the law that every clock here runs on


@dataclass(frozen=True, slots=True)
class Move:
    """One open deadline with the moment it is due and the moment it would be due."""

    deadline: Deadline
    old: datetime
    new: datetime


def affected(change: HolidayChange) -> DeadlineQuerySet:
    """The open deadlines whose sum passes over the day: begun by its end, due after it begins. Ordered, for batches."""
    counting = Q(pk__in=[])
    for rule in COUNTS_DAYS:
        counting |= Q(length__startswith=rule)
    rows = Deadline.objects.open().filter(
        counting, started_at__lt=end_of(change.on) + timedelta(seconds=1), due_at__gte=start_of(change.on)
    )
    return rows.order_by("pk") if change.division == OURS else rows.none()


def calendar_after(change: HolidayChange) -> Calendar:
    """The calendar as it would be with the change; once it is approved, the one in force."""
    if change.state == HolidayChange.State.APPROVED:
        return Holiday.objects.calendar(change.division)
    rows = list(Holiday.objects.filter(division=change.division).values_list("on", "name", "struck_out_at"))
    names = {on: name for on, name, struck in rows if struck is None}
    if change.act == HolidayChange.Act.ADD:
        names[change.on] = change.name
    else:
        names.pop(change.on, None)
    return calendar_of(names, [*(on for on, _, _ in rows), *([change.on] if change.on in names else [])])


def moment_under(deadline: Deadline, calendar: Calendar) -> datetime:
    """When it is due under a calendar; as it stands where that calendar does not reach."""
    try:
        return due(deadline.started_at, Length.parse(deadline.length), calendar)
    except UnknownYear:
        return deadline.due_at


def moves(change: HolidayChange, after: int = 0) -> Iterator[Move]:
    """What the change would move, in the order of the replay, from a deadline (id) on. Writes nothing."""
    calendar = calendar_after(change)
    rows = affected(change).filter(pk__gt=after).select_related("case", "unit")
    for deadline in rows.iterator(chunk_size=500):
        new = moment_under(deadline, calendar)
        if new != deadline.due_at:
            yield Move(deadline, deadline.due_at, new)


def how_many(change: HolidayChange) -> tuple[int, bool]:
    """How many deadlines the change would move, and whether that is all: a preview looks at so many and no more."""
    calendar, moved, looked = calendar_after(change), 0, 0
    rows = affected(change).only("pk", "started_at", "due_at", "length")
    for deadline in rows[:COUNTED].iterator(chunk_size=2000):
        looked += 1
        moved += moment_under(deadline, calendar) != deadline.due_at
    return moved, looked < COUNTED


def replay(now: datetime, batch: int = BATCH) -> int:
    """Go on with every change that is decided; returns how many deadlines moved. May run twice at once, and after any end."""
    total = 0
    for pk in HolidayChange.objects.to_replay().values_list("pk", flat=True):
        while (moved := _one_batch(pk, now, batch)) is not None:
            total += moved
    return total


def _one_batch(pk: int, now: datetime, batch: int) -> int | None:
    """One transaction: the moves and how far it has come are kept together, so a crash repeats nothing and leaves nothing
    out. None when there is no more to do now: another is at it, or somebody works on the next deadline at this moment.
    """
    with transaction.atomic():
        change = (
            HolidayChange.objects.to_replay().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        )
        if change is None:
            return None
        ids = list(affected(change).filter(pk__gt=change.replay_after).values_list("pk", flat=True)[:batch])
        held = {
            row.pk: row for row in Deadline.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=ids)
        }
        free = _until_one_is_busy(ids, held)
        if ids and not free:
            return None
        moved = _move_all(change, [held[one] for one in free])
        change.replay_after = free[-1] if free else change.replay_after
        change.replay_seen, change.replay_moved = change.replay_seen + len(free), change.replay_moved + moved
        change.replayed_at = None if ids else now
        change.save(update_fields=["replay_after", "replay_seen", "replay_moved", "replayed_at"])
    return moved


def _until_one_is_busy(ids: list[int], held: dict[int, Deadline]) -> list[int]:
    """An officer is never kept waiting: a deadline that somebody holds ends the batch before it, and is taken next time."""
    free = []
    for one in ids:
        if one not in held:
            break
        free.append(one)
    return free


def _move_all(change: HolidayChange, rows: list[Deadline]) -> int:
    calendar, system = calendar_after(change), User.objects.system()
    verb = "was added" if change.act == HolidayChange.Act.ADD else "was struck out"
    why = f"The bank holiday {change.name} on {change.on.day} {change.on:%B %Y} {verb}"
    moved = 0
    for deadline in rows:
        if deadline.is_open and moment_under(deadline, calendar) != deadline.due_at:
            moved += move(deadline, deadline.started_at, Length.parse(deadline.length), why, system, calendar)
    return moved


def wake(event: Event) -> None:
    """Reaction to the approval: the worker begins at once. If the broker is down, the minute's beat finds the row."""
    transaction.on_commit(lambda: current_app.send_task(TASK), robust=True)
