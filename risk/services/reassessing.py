"""Owing a look at the risk: raised once for each occasion, merged within the hour, dropped where its date moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from cases.models import Case, CourseEvent
from risk.models import Downgrade, Reassessment, RiskThreshold, current_grades
from risk.services.history import day_of
from risk.triggers import FURTHEST, TRIGGERS, Trigger, raised_by
from workflow import engine
from workflow.models import Refused
from workflow.models.record import about as named

S = Reassessment.State
BATCH = 500
#: A fact written down so long after its own moment is history: its clock runs from being known.
HISTORY = timedelta(days=28)
#: How far back the sweep looks for what fell due while nothing ran.
OUTAGE = timedelta(days=14)
#: How far back the night's question looks for what no sweep has raised.
NEVER = timedelta(days=90)
MOVED = "Its date was changed or struck out: what is owed now stands by itself."


def raise_reassessment(
    case: Case, trigger: str, occasion: str, by: User, at: datetime, about: Any = None, *,
    from_at: datetime | None = None, why: str = "",
) -> Reassessment | None:  # fmt: skip
    """The look at the risk that this occasion owes: raised once, whoever asks how often. None where the row of the table
    does not apply to the case's grade.

    `occasion` names what it is for ("course:12:trial:20261214T1000"); `from_at` (UTC) is when its clock begins, `at` if
    none. Within the minutes of the threshold of another of the same trigger it merges with that. Raises LookupError for a
    trigger that is not in the table.
    """
    row = TRIGGERS[trigger]
    with transaction.atomic():
        folder = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        there, occasion = raised_for(folder, occasion)
        grade = current_grades([folder.pk]).get(folder.pk, "")
        if there is not None or (grade and grade not in row.grades):
            return there
        blank = Reassessment(
            case=folder, trigger=trigger, occasion=occasion, from_at=from_at, **(about_is(about) if about else {}),
            merged_into=standing_beside(folder, row, from_at or at, at),
        )  # fmt: skip
        evidence = {"reason": why or f"{row.label}."}
        # the program raises it, whoever caused it: who did stands in the record of the act that did
        step = "merge" if blank.merged_into_id else "raise"
        raised: Reassessment = engine.perform(blank, step, by=User.objects.system(), evidence=evidence, at=at)
    return raised


AGAIN: Final = ":again"


def raised_for(case: Case, occasion: str) -> tuple[Reassessment | None, str]:
    """The look that an occasion has, and its name: one that was dropped is none, since a date may come back to where it was."""
    alike = Q(occasion=occasion) | Q(occasion__startswith=f"{occasion}{AGAIN}")
    rows = list(Reassessment.objects.filter(alike, case=case).order_by("-pk"))
    found = next((row for row in rows if row.state != S.DROPPED), None)
    return found, f"{occasion}{AGAIN}-{len(rows)}" if rows else occasion


def first_named(occasion: str) -> str:
    """The occasion itself, whether or not it was raised again after it was dropped."""
    return occasion.partition(AGAIN)[0]


def standing_beside(case: Case, row: Trigger, moment: datetime, at: datetime) -> Reassessment | None:
    """The one owed already for the same trigger whose moment lies within the minutes of the threshold."""
    if not row.merges:
        return None
    near = timedelta(minutes=RiskThreshold.objects.in_force(day_of(at))["merge_minutes"])
    span = (moment - near, moment + near)
    alike = Q(from_at__range=span) | Q(from_at__isnull=True, recorded_at__range=span)
    owed = Reassessment.objects.owed().filter(alike, case=case, trigger=row.code, asked_by__isnull=True)
    found: Reassessment | None = owed.order_by("-pk").first()
    return found


def occasion_of(event: CourseEvent, row: Trigger) -> str:
    """With its moment: a date that moves is another occasion."""
    return f"course:{event.pk}:{row.code}:{event.at:%Y%m%dT%H%M}"


def reached(event: CourseEvent, now: datetime) -> Trigger | None:
    """The latest row whose moment has come: an order recorded ten days before its end is looked at once, not twice."""
    come = [row for row in raised_by(event.kind) if owed_from(event, row) <= now]
    return come[-1] if come else None


def owed_from(event: CourseEvent, row: Trigger) -> datetime:
    """From when (UTC) a row is owed. Before the event it counts from the first moment of a day whose time is not known, and
    after it from the last: nobody is late for an hour that nobody knows, and nobody is early either.
    """
    if row.lead or event.timed:
        return event.at + row.lead
    over = event.at + timedelta(days=1)
    return over if event.kind in CourseEvent.AHEAD else min(over, max(event.recorded_at, event.at))


def raise_for(event: CourseEvent, now: datetime) -> Reassessment | None:
    """Raise what an event of the course owes by the moment (UTC), if anything does yet."""
    row = None if event.struck_out_at else reached(event, now)
    if row is None:
        return None
    moment = owed_from(event, row)
    return raise_reassessment(
        event.case, row.code, occasion_of(event, row), User.objects.system(), now, event,
        from_at=moment if now - moment <= HISTORY else None, why=why_of(event),
    )  # fmt: skip


def why_of(event: CourseEvent) -> str:
    """First court hearing, 14 December 2026."""
    day = day_of(event.at)
    return f"{event.get_kind_display()}, {day.day} {day:%B %Y}."


def follow(event: CourseEvent, now: datetime) -> None:
    """After an event of the course was recorded, moved or struck out: drop what its old moment owed, raise what it owes."""
    owed = {occasion_of(event, row) for row in raised_by(event.kind)} if not event.struck_out_at else set()
    rows = Reassessment.objects.owed().filter(**about_is(event)).select_related("case")
    for row in rows.order_by("pk"):
        if first_named(row.occasion) in owed or stands_for_another(row, event):
            continue
        engine.perform(row, "drop", by=User.objects.system(), evidence={"reason": MOVED}, seen=row.version, at=now)
    raise_for(event, now)


def stands_for_another(row: Reassessment, event: CourseEvent) -> bool:
    """Whether something else merged into it within the hour: then it is owed for that, whatever becomes of the event."""
    return bool(row.merged.exclude(about_id=event.pk).exists())


def about_is(record: Any) -> dict[str, Any]:
    key = named(record)
    return {"about_type": key["subject_type"], "about_id": key["subject_id"]}


def raise_due(now: datetime) -> int:
    """Raise every look that has fallen due by the moment (UTC): what comes, and what was missed while nothing ran. Each in
    a transaction of its own; returns how many. Statements do not grow with what is raised already.
    """
    found = [one for chunk in chunks(now) for one in not_raised(chunk, now)]
    raised = sum(raise_for(event, now) is not None for event in found)
    return raised + sum(end_nears(row, now) is not None for row in ending(now))


def chunks(now: datetime, back: timedelta = OUTAGE) -> Iterator[list[CourseEvent]]:
    """The events whose looks may fall due, by moment, in batches. Index: course_event_by_day."""
    span = (now - back, now + FURTHEST)
    rows = CourseEvent.objects.standing().filter(at__range=span).select_related("case").order_by("at", "pk")
    last: tuple[datetime, int] | None = None
    while chunk := list((rows.filter(Q(at__gt=last[0]) | Q(at=last[0], pk__gt=last[1])) if last else rows)[:BATCH]):
        yield chunk
        last = chunk[-1].at, chunk[-1].pk


def never_raised(now: datetime) -> list[CourseEvent]:
    """The events of the last months whose look had come by the moment (UTC) and stands nowhere."""
    return [one for chunk in chunks(now, back=NEVER) for one in not_raised(chunk, now)]


def not_raised(events: list[CourseEvent], now: datetime) -> list[CourseEvent]:
    """Those of which the look that has come was not raised yet. One query. Index: reassessment_about."""
    wanted = {occasion_of(event, row): event for event in events if (row := reached(event, now))}
    label = CourseEvent._meta.label_lower
    there = Reassessment.objects.filter(about_type=label, about_id__in=[event.pk for event in wanted.values()])
    held = {first_named(one) for one in there.exclude(state=S.DROPPED).values_list("occasion", flat=True)}
    return [event for occasion, event in wanted.items() if occasion not in held]


def ending(now: datetime) -> list[Downgrade]:
    """Lowered grades whose reason ends soon and of which nobody was told. Index: downgrade_reopens."""
    soon = now - TRIGGERS["lowering_ends"].lead
    rows = Downgrade.objects.standing().filter(state=Downgrade.State.STANDING, reopens_at__range=(now, soon))
    told = Reassessment.objects.filter(about_type=Downgrade._meta.label_lower, trigger="lowering_ends")
    return list(
        rows.exclude(pk__in=told.values("about_id")).select_related("case").order_by("reopens_at", "pk")[:BATCH]
    )


def end_nears(row: Downgrade, now: datetime) -> Reassessment | None:
    """A lowered grade of which the reason ends soon, as `ending` finds them."""
    trigger, ends = TRIGGERS["lowering_ends"], row.reopens_at or now
    return raise_reassessment(
        row.case, trigger.code, f"downgrade:{row.pk}:ends", User.objects.system(), now, row,
        from_at=max(ends + trigger.lead, row.recorded_at), why="The reason for which the grade was lowered ends.",
    )  # fmt: skip


def settle(case: Case, by_decision: Any, incident_id: int, at: datetime) -> None:
    """A grade was decided on an incident: what was owed for that incident and asks nothing more is done by it."""
    codes = [row.code for row in TRIGGERS.values() if row.by_grade]
    owed = Reassessment.objects.owed().filter(case=case, trigger__in=codes, about_id=incident_id)
    for row in owed.select_related("case").order_by("pk"):
        if row.trigger == "insufficient" and by_decision.is_insufficient:
            continue
        try:
            engine.perform(
                row,
                "meet",
                by=User.objects.system(),
                evidence={"decision": str(by_decision.pk)},
                seen=row.version,
                at=at,
            )
        except Refused:  # somebody answered it this moment: then it is done
            if Reassessment.objects.owed().filter(pk=row.pk).exists():
                raise
