"""A case that lacks nothing before it is closed, and the closing itself."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Attachment, Case, CheckedSystem, Incident, StandardException, SystemCheck
from risk.models import SafetyPlan
from tests import factories
from workflow import engine
from workflow.models import Deadline

WHY_CLOSED = "Charged and remanded; she is with her adviser and rings us."
CLOSED = {"told": "yes", "told_words": "By telephone at noon; she rings her adviser.", "reason": WHY_CLOSED}
REASON = "The man who took the statement has left the force and the recording is lost."


def ready(by: User, sergeant: User, **more: Any) -> Case:
    """Checked by a sergeant, with everything the standards ask of one report; nothing is owed any more."""
    incident = factories.checked(by, sergeant, **more)
    suspect = incident.people("suspect").get().person_id
    wanted = [row.code for row in CheckedSystem.objects.offered() if "suspect" in row.required_of]
    for code in sorted(wanted, key=lambda code: code != "pnd"):  # the last one recorded ends the task
        look_up(incident, by, code, suspect)
    Attachment.objects.create(
        case=incident.case, incident=incident, kind="statement", type="pdf", size=1, digest="0" * 64, state="kept",
        recorded_by=by,
    )  # fmt: skip
    crime = incident.crimes.get()
    said = {
        "code": "1",
        "support": "yes",
        "rationale": "The account, the log and the video were looked at.",
        "told": "yes",
        "appropriate": "",
    }
    engine.perform(crime, "outcome", by=by, evidence=said, seen=crime.version)
    planned(incident, by)
    nothing_owed(incident.case)
    return Case.objects.get(pk=incident.case_id)


def planned(incident: Incident, by: User) -> None:
    """A safety plan that was approved, done and closed."""
    SafetyPlan.objects.create(
        case=incident.case, person_id=incident.people("victim").get().person_id, state="closed", recorded_by=by,
        residual="He is remanded.",
    )  # fmt: skip


def look_up(incident: Incident, by: User, system: str, person: int) -> None:
    said = {
        "system": system, "person": person, "names": "Daniel Reeve", "births": "1988", "found": "nothing",
        "checked_at": timezone.now().isoformat(),
    }  # fmt: skip
    every = {"recorded_by": by, "person_id": person, "names": ["Daniel Reeve"], "births": ["1988"], "found": "nothing"}
    if system == "pnd":  # not for an officer: looked up by somebody who may
        row = CheckedSystem.objects.get(code=system)
        SystemCheck.objects.create(
            case=incident.case, system=row, checked_at=timezone.now(), state=SystemCheck.State.RECORDED, **every
        )
        return
    engine.perform(SystemCheck(case=incident.case), "record", by=by, evidence=said)


def nothing_owed(case: Case) -> None:
    """Whatever else is owed was done: the clocks have tests of their own."""
    Deadline.objects.open().filter(case=case).update(stopped_at=timezone.now(), dropped_because="Done in this story")


def close(case: Case, by: User, **more: Any) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    closed: Case = engine.perform(fresh, "close", by=by, evidence={**CLOSED, **more}, seen=fresh.version)
    return closed


def except_from(case: Case, line: str, by: User, why: str = REASON) -> StandardException:
    said = {"line": line, "why": why, "instead": "Her account stands in the video."}
    asked: StandardException = engine.perform(StandardException(case=case), "ask", by=by, evidence=said)
    return asked
