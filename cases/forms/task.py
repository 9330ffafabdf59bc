"""What is said when somebody is given a task, and when it is done or no longer needed."""

from __future__ import annotations

from cases.models.task import TABLE
from workflow.forms import Choice, EvidenceForm, LongText

KINDS: tuple[tuple[str, str, str], ...] = tuple((row.code, row.label, row.owed_by) for row in TABLE)


class NewTask(EvidenceForm):
    """What is wanted, and why. Who owes it and by when follow from the kind."""

    kind = Choice(choices=KINDS, label="What is to be done?", needed="Choose what is to be done")
    why = LongText(
        label="Why?", called="The reason", needed="Say why", min_length=10, max_length=2000, rows=3,
        hint="One or two sentences: what was found, what you ask for.",
    )  # fmt: skip


class TaskDone(EvidenceForm):
    outcome = LongText(
        label="What was done?", needed="Say what was done", min_length=10, max_length=4000, rows=4,
        hint="Two or three sentences: what you did or decided, and whom you told.",
    )  # fmt: skip


class TaskNotNeeded(EvidenceForm):
    outcome = LongText(
        label="Why is it not needed?", needed="Say why it is not needed", min_length=10, max_length=4000, rows=3
    )
