"""The monitors of the night: ask every question that apps declare, and keep where the answer was not "none"."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from supervision.models import Finding, Heartbeat
from workflow.clock import LONDON
from workflow.health import MONITORS, Monitor, places

AT_NIGHT = range(1, 5)  # the hours, in London, in which people work least
AGAIN_AFTER = timedelta(hours=20)
LATE_AFTER = timedelta(hours=25)  # then at any hour: beat was down that night
RED_AFTER = timedelta(hours=27)
MOST = 500  # of one monitor: more of them say nothing that these do not


def is_due(now: datetime) -> bool:
    """Whether they should be asked now (UTC): once a night, and as soon as possible when a night was missed."""
    return due_tonight(Heartbeat.MONITORS, now)


def due_tonight(name: str, now: datetime) -> bool:
    """The same of any work of the night that leaves a heartbeat."""
    beat = Heartbeat.objects.filter(name=name).first()
    if beat is None or now - beat.at >= LATE_AFTER:
        return True
    return now - beat.at >= AGAIN_AFTER and now.astimezone(LONDON).hour in AT_NIGHT


def look(now: datetime) -> dict[str, int]:
    """Ask all of them at the moment (UTC); returns how many rows each has found, those with none left out."""
    counts = {name: _ask(row, now) for name, row in MONITORS.items()}
    Finding.objects.exclude(monitor__in=MONITORS.keys()).delete()
    Heartbeat.beat(Heartbeat.MONITORS, now)
    return {name: count for name, count in counts.items() if count}


@transaction.atomic
def _ask(row: Monitor, now: datetime) -> int:
    """In a transaction of its own, so that a long question holds up no other. What is mended is forgotten."""
    found = set(places(row.wrong()[:MOST]))
    known = Finding.objects.filter(monitor=row.name)
    kept = {(one.subject_type, one.subject_id): one.pk for one in known}
    still = {(kind, pk) for kind, pk, _ in found}
    known.exclude(pk__in=[pk for place, pk in kept.items() if place in still]).delete()
    Finding.objects.bulk_create(
        [
            Finding(monitor=row.name, subject_type=kind, subject_id=pk, case_id=case, found_at=now)
            for kind, pk, case in sorted(found, key=lambda place: place[:2])
            if (kind, pk) not in kept
        ],
        ignore_conflicts=True,
    )
    return len(found)


def red() -> list[str]:
    """The names of the monitors that have found something. All that a stranger may learn."""
    return sorted(set(Finding.objects.order_by().values_list("monitor", flat=True)))
