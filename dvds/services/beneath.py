"""Rows beneath a consideration, written by the effect of a step on it; and its tasks, ended when a fact has answered them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Task
from workflow import engine


def keep(model: Any, application: Any, by: User, at: datetime, **said: Any) -> Any:
    """One row of the consideration with its provenance, as it was said; what its table has no column for is left out."""
    columns = {field.name for field in model._meta.concrete_fields}
    known = {name: value for name, value in said.items() if name in columns}
    row = model(application=application, case=application.case, recorded_by=by, recorded_at=at, **known)
    row.save(force_insert=True)
    return row


def end_tasks(application: Any, kind: str, outcome: str, at: datetime) -> None:
    """What is owed of this kind is done: a fact of the record has answered it. `at` is UTC."""
    owed = Task.objects.standing().filter(case=application.case, kind=kind, state=Task.State.TO_DO).order_by("pk")
    for task in owed:
        engine.perform(
            task, "done", by=User.objects.system(), evidence={"outcome": outcome[:4000]}, seen=task.version, at=at
        )
