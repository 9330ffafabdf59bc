"""Raising a task: once for what it is about, while it is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Case, Task
from workflow import engine


def raise_task(
    *, case: Case, kind: str, why: str, by: User, at: datetime, about: Any = None, once: bool = False
) -> Task:
    """The open task of this kind about this record of the case (or about the case); a new one where there is none.

    `once`: nor again after it was done, or was not needed. `at` is UTC. Clocks and notices come from the kind. Costs one
    statement where it is there already.
    """
    key = {"about_type": about._meta.label_lower if about else "", "about_id": about.pk if about else 0}
    there = Task.objects.standing().filter(case=case, kind=kind, **key)
    standing: Task | None = (there if once else there.filter(state=Task.State.TO_DO)).first()
    if standing is not None:
        return standing
    blank = Task(case=case, **key)
    raised: Task = engine.perform(blank, "raise", by=by, evidence={"kind": kind, "why": why}, at=at)
    return raised
