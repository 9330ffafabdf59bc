"""Something new is known of either of them: the risk is judged again, at once (I7, S584)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.services.tasks import raise_task
from dvds.services.beneath import end_tasks

TASK = "judge_again"
LONGEST = 2000
DONE = "The risk was judged again."


def something_new(application: Any, why: str, by: User, at: datetime) -> None:
    """Within an act on the consideration. Before the risk was judged at all nothing is owed: it will be judged on this too.
    `why` tells nothing of what the unit may not open.
    """
    if application.looked_at is None:
        return
    application.renewed_at = at
    task = raise_task(case=application.case, kind=TASK, why=why, by=by, at=at)
    if why not in task.why:
        task.why = f"{task.why}\n{why}"[-LONGEST:]
        task.save(update_fields=["why"])


def judged(application: Any, grade: str, at: datetime) -> None:
    """Within an act that judges the risk: what was new until now was weighed."""
    application.risk, application.looked_at = grade, at
    end_tasks(application, TASK, DONE, at)
