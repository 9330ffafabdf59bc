"""What is owed at the moment by the subjects that one event touches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from audit.models import Event
from workflow.models import Deadline
from workflow.models.record import about


class Standing:
    """What is owed now by the subjects that one event touches: asked once for each subject, however many policies hear it."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], list[Deadline]] = {}
        self.ended: list[Deadline] = []

    def of(self, policy: str, owes: Any) -> list[Deadline]:
        """The open deadlines of the policy (its name), oldest first; none of a record that owes nothing (None)."""
        rows = self._owed_by(owes) if owes is not None else []
        return [deadline for deadline in rows if deadline.policy == policy and deadline.is_open]

    def begun(self, deadline: Deadline) -> None:
        """One more is owed; a subject not asked about yet will say so itself."""
        self.rows.get((deadline.subject_type, deadline.subject_id), []).append(deadline)

    def end(self, deadline: Deadline, event: Event, at: datetime, dropped: str = "") -> None:
        """Done, or no longer owed; written down by `write`, all that ended in one statement."""
        deadline.stopped_at, deadline.stopped_by_event, deadline.dropped_because = at, event, dropped
        self.ended.append(deadline)

    def write(self) -> None:
        if self.ended:
            Deadline.objects.bulk_update(self.ended, ["stopped_at", "stopped_by_event", "dropped_because"])

    def _owed_by(self, owes: Any) -> list[Deadline]:
        key = (owes._meta.label_lower, owes.pk)
        if key not in self.rows:
            self.rows[key] = list(Deadline.objects.open().filter(**about(owes)).order_by("pk"))
        return self.rows[key]
