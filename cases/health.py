"""What must not be among cases, asked each night."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cases.models import Case, Holding, WatchedLook
from cases.services.waiting import nothing_waits
from workflow.health import Monitor, check, monitor
from workflow.models import Deadline
from workflow.policies import HOLDER, POLICIES

HELD_WITHIN = timedelta(
    hours=1
)  # a case is opened and given to somebody in one act; this is for a night shift's hand-over
HEARD_WITHIN = timedelta(minutes=5)
WORKED = (Case.Kind.INVESTIGATION, Case.Kind.MANAGEMENT)


def held_by_nobody() -> QuerySet[Case]:
    """Open, of a kind that somebody holds, and nobody who still works here holds any part of it."""
    held = Holding.objects.filter(case=OuterRef("pk"), to_at__isnull=True, person__is_active=True)
    waiting = Case.objects.filter(state=Case.State.OPEN, kind__in=WORKED, opened_at__lt=timezone.now() - HELD_WITHIN)
    return waiting.exclude(Exists(held))


def clock_of_a_closed_case() -> QuerySet[Deadline]:
    return Deadline.objects.open().filter(case__isnull=False).exclude(case__state=Case.State.OPEN)


def deadline_unlike_its_case() -> QuerySet[Deadline]:
    """A deadline repeats the unit and the holder of its case so that queues are quick; both must follow the case."""
    wrong: Any = Q(pk__in=[])
    for part in {policy.part for policy in POLICIES.values() if policy.owed_by == HOLDER}:
        names = [row.name for row in POLICIES.values() if row.owed_by == HOLDER and row.part == part and not row.held]
        holder = Holding.objects.filter(case=OuterRef("case"), part=part, to_at__isnull=True).values("person")
        same = Q(holder=Subquery(holder)) | (Q(holder__isnull=True) & ~Exists(holder))
        wrong |= Q(policy__in=names) & ~same
    elsewhere = [row.name for row in POLICIES.values() if row.own_unit]
    moved = ~Q(unit=F("case__unit")) & ~Q(policy__in=elsewhere)
    return Deadline.objects.open().filter(Q(case__isnull=False) & (moved | wrong))


def files_scanned() -> bool:
    return nothing_waits(timezone.now())


def looks_heard() -> bool:
    """Whether professional standards hear of looks at cases of police suspects: none has waited for minutes."""
    return not WatchedLook.objects.waiting().filter(at__lt=timezone.now() - HEARD_WITHIN).exists()


check(files=files_scanned, looks=looks_heard)
monitor(
    Monitor(
        "open-case-nobody-holds",
        "Is a case open that nobody holds?",
        held_by_nobody,
        "A sergeant or inspector of its unit: give it to somebody.",
    ),
    Monitor(
        "clock-of-a-closed-case",
        "Does a clock run in a case that is closed?",
        clock_of_a_closed_case,
        "An engineer: closing asks every workflow whether anything is unfinished, and one did not say.",
    ),
    Monitor(
        "deadline-unlike-its-case",
        "Does a clock name another unit or holder than its case?",
        deadline_unlike_its_case,
        "An engineer: the case was moved past the program. Moving it again mends the clocks.",
    ),
)
