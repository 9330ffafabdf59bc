"""Deadlines: started and stopped by events as the policies say, reckoned from facts. Overdue is a query, never a state."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from audit.models import Event
from workflow.clock import LONDON, Calendar, Length, due
from workflow.declare import step_named
from workflow.models import Deadline, DueChange, Holiday, PolicySetting
from workflow.models.record import about
from workflow.policies import POLICIES, Again, Policy, Rung
from workflow.standing import Standing

SENIOR = ("inspector", "superintendent")


def heard(event: Event, record: Any, at: datetime) -> None:
    """An event has happened to a record: stop, drop, refit and start what the policies say."""
    standing = Standing()
    for policy in POLICIES.values():
        _heard(policy, event, record, at, standing)
    standing.write()
    if record is record.folder:
        repoint(record)


def _heard(policy: Policy, event: Event, record: Any, at: datetime, standing: Standing) -> None:
    if event.name in policy.stops:
        _stop(policy, event, record, standing)
    if event.name in policy.drops:
        _drop(policy, event, record, standing)
    if event.name in policy.refits:
        _reckon_again(policy, policy.of(record), event, "The length changed with the facts of the case", standing)
    if event.name in policy.corrected_by:
        corrected(event, record, at, policy.name)
    if event.name in policy.retimes:
        _time_again(policy, event, record)
    if event.name in policy.starts:
        _start(policy, event, record, standing)


def corrected(event: Event, record: Any, at: datetime, name: str = "") -> None:
    """A fact of the record was changed: every open deadline that it started (of one policy, where `name` says which) is
    reckoned again from the fact.
    """
    rows = Deadline.objects.open().filter(source_type=record._meta.label_lower, source_id=record.pk)
    rows = rows.filter(policy=name) if name else rows
    for deadline in rows.select_for_update():
        policy = POLICIES.get(deadline.policy)
        if policy and policy.lapses and not policy.applies(record):
            ended = {"stopped_at": event.at, "stopped_by_event": event, "dropped_because": "The record was corrected"}
            Deadline.objects.filter(pk=deadline.pk).update(**ended)
        elif policy and (start := policy.from_(record)):
            move(deadline, start, Length.parse(deadline.length), "The fact it starts from was corrected", event.by)


def repoint(folder: Any) -> None:
    """Open deadlines follow their case: its unit and whoever holds the part that owes them."""
    for deadline in Deadline.objects.open().filter(case=folder):
        policy = POLICIES.get(deadline.policy)
        holder = policy.holder_of(deadline.subject if policy.held else folder) if policy else None
        unit = deadline.unit_id if policy and policy.own_unit else folder.unit_id
        if (deadline.unit_id, deadline.holder_id) != (unit, holder):
            deadline.unit_id, deadline.holder_id = unit, holder
            deadline.save(update_fields=["unit", "holder"])


def ladder_of(deadline: Deadline) -> tuple[Rung, ...]:
    """The rungs in force for a deadline: the setting's it began with, or the table's."""
    if deadline.setting_id and deadline.setting and deadline.setting.ladder:
        return tuple(Rung(hours, who) for hours, who in deadline.setting.ladder)
    return POLICIES[deadline.policy].ladder


def rung_moments(deadline: Deadline) -> list[tuple[datetime, Rung]]:
    """Each rung with its moment (UTC), earliest first."""
    rungs = [(deadline.due_at + timedelta(hours=rung.hours), rung) for rung in ladder_of(deadline)]
    return sorted(rungs, key=lambda pair: pair[0])


def move(
    deadline: Deadline, start: datetime, length: Length, why: str, by: User, calendar: Calendar | None = None, *,
    only_sooner: bool = False,
) -> bool:  # fmt: skip
    """Give a deadline the due moment that its facts now give, keeping the old one with why. False if nothing changes.

    Whoever moves many passes the `calendar`, fetched once.
    """
    moment = due(start, length, calendar or Holiday.objects.calendar_for(length))
    same = (moment, start, str(length)) == (deadline.due_at, deadline.started_at, deadline.length)
    if same or (only_sooner and moment >= deadline.due_at):
        return False
    deadline.started_at, deadline.due_at, deadline.length = start, moment, str(length)
    _set_moments(deadline)
    deadline.save(update_fields=["started_at", "due_at", "length", "next_rung_at", "critical_at"])
    DueChange.objects.create(deadline=deadline, started_at=start, due_at=moment, why=why, by=by)
    return True


def _start(policy: Policy, event: Event, record: Any, open_now: Standing) -> None:
    owes = policy.of(record)
    if owes is None or not policy.applies(record):
        return
    start = policy.from_(record) or event.at
    if policy.again is not Again.ANOTHER and (standing := open_now.of(policy.name, owes)):
        if policy.again is Again.RESTART:
            length = Length.parse(standing[0].length)
            move(standing[0], start, length, "It started again", event.by)
        return
    open_now.begun(_create(policy, event, record, owes, start))


def _create(policy: Policy, event: Event, record: Any, owes: Any, start: datetime) -> Deadline:
    profile = policy.profile(owes)
    setting = PolicySetting.objects.in_force(policy.name, profile, start.astimezone(LONDON).date())
    length = policy.length_for(owes, setting)
    folder = owes.folder
    deadline = Deadline(
        **about(owes), case=folder, unit=owes.scope, policy=policy.name, profile=profile, setting=setting,
        length=str(length), source_type=record._meta.label_lower, source_id=record.pk, started_by_event=event,
        started_at=start, due_at=due(start, length, Holiday.objects.calendar_for(length)),
        holder_id=policy.holder_of(owes),
    )  # fmt: skip
    _set_moments(deadline)
    deadline.save(force_insert=True)
    DueChange.objects.create(
        deadline=deadline, started_at=start, due_at=deadline.due_at, why="First set", by=event.by, at=event.recorded_at
    )
    return deadline


def _set_moments(deadline: Deadline) -> None:
    """The next rung is the earliest again, so that a new date is told anew. Critical: late, and told to an inspector."""
    moments = rung_moments(deadline)
    deadline.next_rung_at = moments[0][0]
    deadline.critical_at = next((at for at, rung in moments if rung.who in SENIOR and at >= deadline.due_at), None)


def _stop(policy: Policy, event: Event, record: Any, standing: Standing) -> None:
    owes = policy.of(record)
    for deadline in standing.of(policy.name, owes) if policy.met(record) else ():
        done_at = policy.until(record) or event.at
        standing.end(deadline, event, done_at)
        if policy.repeats:
            standing.begun(_create(policy, event, record, owes, done_at))


def _drop(policy: Policy, event: Event, record: Any, standing: Standing) -> None:
    for deadline in standing.of(policy.name, policy.of(record)):
        _no_longer(deadline, event, standing)


def _no_longer(deadline: Deadline, event: Event, standing: Standing) -> None:
    step = step_named(event.name)
    standing.end(deadline, event, event.at, dropped=step.title if step else event.name)


def _reckon_again(policy: Policy, owes: Any, event: Event, why: str, standing: Standing) -> None:
    for deadline in standing.of(policy.name, owes):
        if not policy.applies(owes):  # graded down to a call that nobody is sent to, say
            _no_longer(deadline, event, standing)
        else:
            length = policy.length_for(owes, deadline.setting)
            move(deadline, deadline.started_at, length, why, event.by, only_sooner=policy.only_sooner)
    if policy.held and owes is not None:
        repoint(owes.folder)


def _time_again(policy: Policy, event: Event, record: Any) -> None:
    """What is done stays done, from the moment that the fact now gives: in time after all, or late after all."""
    done = Deadline.objects.filter(**about(policy.of(record)), policy=policy.name, dropped_because="")
    deadline = done.filter(stopped_at__isnull=False).order_by("-pk").first()
    moment = policy.until(record)
    if deadline is None or moment is None or deadline.stopped_at == moment:
        return
    deadline.stopped_at = moment
    deadline.save(update_fields=["stopped_at"])
    why = "The time at which it was done was corrected"
    kept = {"started_at": deadline.started_at, "due_at": deadline.due_at}
    DueChange.objects.create(deadline=deadline, **kept, why=why, by=event.by, at=event.recorded_at)
