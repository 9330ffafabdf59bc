"""THE TABLE of a file: kept at once where it is clean, held until a scanner has passed it, struck out but never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import FRONTLINE, SYSTEM, roles
from cases.forms.attachment import HoldFile, KeepFile
from cases.models import Attachment, Task
from cases.models.answers.evidence import FileKind
from cases.services.evidence import NEARLY_AGAIN
from cases.steps.evidence import AGAIN
from cases.steps.safety import SAFETY, Said
from workflow import engine
from workflow.declare import NEW, Step, Workflow, in_a_folder
from workflow.models import Refusal, Refused

S = Attachment.State
ADDS = FRONTLINE | roles("offender_manager", "cps_liaison")


def keep_file(attachment: Any, said: Said, by: User, at: datetime) -> None:
    """Where the bytes lie follows from their digest; what the file was called is not kept."""
    taken = said["file"]
    attachment.kind, attachment.words, attachment.taken_at = said["kind"], said["words"], said["taken_at"]
    attachment.type, attachment.size, attachment.digest = taken.type, taken.size, taken.digest
    attachment.scanned_at = taken.scanned_at
    if attachment.kind == FileKind.INJURY and not taken.waits:
        meet_task(attachment, by, at)


def meet_task(attachment: Any, by: User, at: datetime) -> None:
    """A photograph of injuries that was taken two days later is what the task asked for."""
    open_tasks = Task.objects.standing().filter(case=attachment.case, kind=AGAIN, state=Task.State.TO_DO)
    for task in open_tasks.filter(about_type="cases.incident").select_related("case__unit"):
        incident = attachment.case.incident_set.get(pk=task.about_id)
        if attachment.taken_at < (incident.occurred_from or incident.reported_at) + NEARLY_AGAIN:
            continue
        try:
            evidence = {"outcome": "A photograph that was taken two days later was added to the case."}
            engine.perform(task, "done", by=by, evidence=evidence, seen=task.version, at=at)
        except Refused as refusal:
            if refusal.kind not in (Refusal.GUARD, Refusal.ROLE):
                raise  # otherwise the photograph stands, and whoever owes the task ends it with a word


def keep_scan(attachment: Any, said: Said, by: User, at: datetime) -> None:
    attachment.scanned_at = at


# fmt: off
FILE = Workflow("file", Attachment, S,
    Step("keep",   "Add a file",                  NEW,       S.KEPT,    ADDS,   KeepFile, guards=(in_a_folder,), effect=keep_file, done="File added"),
    Step("hold",   "Add a file before its scan",  NEW,       S.WAITING, ADDS,   HoldFile, guards=(in_a_folder,), effect=keep_file, done="File added; it waits for the virus scan"),
    Step("clear",  "Say that the scan is clean",  S.WAITING, S.KEPT,    SYSTEM, effect=keep_scan, done="File passed the virus scan"),
    Step("refuse", "Say that a virus was found",  S.WAITING, S.REFUSED, SYSTEM, effect=keep_scan, done="Virus found in a file: it cannot be opened"),
    Step("strike", "Take this file out",          S.KEPT,    S.STRUCK,  ADDS,   done="File taken out"),
    *SAFETY,
    label="file", finished={S.KEPT, S.REFUSED, S.STRUCK},
)
# fmt: on
