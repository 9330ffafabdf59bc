"""A crime that was told of is owed to nobody’s memory: a task until it has its number (I3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Task
from cases.services import raise_task
from workflow import engine

KIND = "crime_alleged"


def owe_crime(application: Any, by: User, at: datetime, why: str) -> None:
    """Somebody records it at once, as any other: once, while it is open."""
    raise_task(case=application.case, kind=KIND, why=why, by=by, at=at)


def end_crime_task(application: Any, by: User, at: datetime) -> None:
    """It has its number: nobody owes it any longer."""
    owed = Task.objects.standing().filter(case=application.case, kind=KIND, state=Task.State.TO_DO)
    for task in owed:
        engine.perform(
            task, "done", by=User.objects.system(), evidence={"outcome": f"Recorded: {application.crime_reference}"},
            seen=task.version, at=at,
        )  # fmt: skip
