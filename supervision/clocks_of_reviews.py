"""What is owed on a case follows its grade: sooner where the grade is graver, never later where it is lower."""

from __future__ import annotations

from accounts.models import User
from supervision.clocks_of_reassessment import ROWS
from workflow.deadlines import move
from workflow.models import Deadline
from workflow.policies import POLICIES

REVIEWS = frozenset(row.name for row in ROWS)
WHY = "The grade is graver now"


def bring_forward(case_id: int, by: User) -> None:
    """Read the length of each look that is owed on the case again, and bring it forward where it is shorter."""
    rows = Deadline.objects.open().filter(case=case_id, policy__in=REVIEWS).order_by("pk")
    for deadline in rows.select_for_update(of=("self",)):
        length = POLICIES[deadline.policy].length_for(deadline.subject, deadline.setting)
        move(deadline, deadline.started_at, length, WHY, by, only_sooner=True)
