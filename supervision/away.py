"""Nobody off duty is the only holder of anything that falls due before they are back: an inspector gives it to somebody.

What a role owes is found by whoever holds the role, stand-ins among them; this is about what one person holds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Duty, User
from cases.models import Case, Task
from cases.services import raise_task
from workflow import engine
from workflow.models import Deadline

KIND = "holder_away"
AHEAD = timedelta(hours=24)  # what falls due later is somebody's of a later turn
KNOWN = timedelta(days=7)  # a roster is known where a turn lies so near, as `on_duty` has it
QUIET = timedelta(hours=24)  # an inspector who has answered is not asked again the same day
BATCH = 100
WHY = "Whoever holds this is off duty until after it is due, and nobody else holds it."
ANSWERED = "Somebody on duty holds it now, or nothing falls due before they are back."


def owed_by_somebody_away(now: datetime) -> Any:
    """What is held by somebody who is rostered, off duty at the moment (UTC), and not back before it is due; not what an
    inspector was told of already. Indexes: deadline_holder, duty_of_person.
    """
    turns = Duty.objects.filter(user=OuterRef("holder_id"))
    rostered = Exists(turns.filter(from_at__lt=now + KNOWN, to_at__gt=now - KNOWN))
    working = Exists(turns.filter(from_at__lte=now, to_at__gt=now))
    back = Exists(turns.filter(from_at__gt=now, from_at__lte=OuterRef("due_at")))
    told = Q(critical_at__isnull=False, critical_at__lte=now)
    rows = Deadline.objects.open().filter(holder__isnull=False, case__isnull=False, due_at__lt=now + AHEAD)
    return rows.exclude(told).filter(rostered).exclude(working).exclude(back)


def tell(now: datetime, batch: int = BATCH) -> int:
    """Raise the task of the inspector, once for each such case, and end those that are answered. The moment is UTC; safe to
    run twice. Returns how many were raised.
    """
    system = User.objects.system()
    end_answered(system, now)
    asked = Task.objects.standing().filter(case=OuterRef("pk"), kind=KIND)
    asked = asked.filter(Q(state=Task.State.TO_DO) | Q(ended_at__gt=now - QUIET))
    away = owed_by_somebody_away(now).filter(case=OuterRef("pk"))
    found = Case.objects.filter(Exists(away), state=Case.State.OPEN).exclude(Exists(asked))
    cases = list(found.select_related("unit").order_by("pk")[:batch])
    for case in cases:
        raise_task(case=case, kind=KIND, why=WHY, by=system, at=now)
    return len(cases)


def end_answered(system: User, now: datetime) -> None:
    """The program ends what a fact of the case has answered: somebody is there again."""
    away = owed_by_somebody_away(now).filter(case=OuterRef("case_id"))
    rows = Task.objects.standing().filter(kind=KIND, state=Task.State.TO_DO).exclude(Exists(away))
    for task in rows.select_related("case__unit").order_by("pk")[:BATCH]:
        engine.perform(task, "done", by=system, evidence={"outcome": ANSWERED}, seen=task.version, at=now)


def told_of_nobody(now: datetime) -> Any:
    """What should have been told of an hour ago and was not: the sweep lives and yet does not reach it."""
    asked = Task.objects.standing().filter(case=OuterRef("case_id"), kind=KIND, recorded_at__gt=now - QUIET * 2)
    before = now - timedelta(hours=1)
    return owed_by_somebody_away(now).filter(started_at__lt=before, case__state=Case.State.OPEN).exclude(Exists(asked))
