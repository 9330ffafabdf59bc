"""What an incident's section on evidence does, and THE TABLES of an item of evidence and of a safety device."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import FRONTLINE, SUPERVISORS, roles
from cases.forms.evidence import FootageOfOfficer, VideoWatched
from cases.forms.exhibit import DeviceIssued, DeviceReturned, NewExhibit
from cases.models import Device, Exhibit, Footage
from cases.services.tasks import raise_task
from cases.steps.safety import SAFETY, Said
from workflow.declare import NEW, STAYS, RowKind, Step, Workflow, in_a_folder
from workflow.engine import keep_said

E, D = Exhibit.State, Device.State
KEEPS = FRONTLINE | roles("offender_manager", "cps_liaison")
AGAIN = "injuries_again"  # the kind of the task (`cases.models.task`)

FOOTAGE_ROW = RowKind("footage", "an officer who attended", Footage, FootageOfOfficer, "incident")


def ask_again_for_photographs(incident: Any, by: User, at: datetime) -> None:
    """Injuries are photographed again after 48 hours: a task for whoever holds the case, once for each incident (A.9)."""
    if incident.injured == "yes":
        why = "Injuries were recorded. Photograph them again 48 hours after the incident, or say why that is not possible."
        raise_task(case=incident.case, kind=AGAIN, why=why, by=by, at=at, about=incident, once=True)


def footage_lacks(incident: Any) -> list[str]:
    form: Any = FOOTAGE_ROW.form
    return list(dict.fromkeys(words for row in FOOTAGE_ROW.found(incident) for _, words in form.missing(row)))


def video_was_used(incident: Any) -> bool:
    """the first officer used body-worn video"""
    return bool(incident.bwv_used == "yes")


def keep_watched(incident: Any, said: Said, by: User, at: datetime) -> None:
    incident.bwv_watched_at, incident.bwv_watched_by, incident.bwv_watched_words = at, by, said["bwv_watched_words"]


def watched(submitted: Any, checked: Any) -> Step:
    """The step of an incident by which a supervisor says that they have watched its video."""
    return Step(
        "watch-video", "Say that you watched the video", (submitted, checked), STAYS, SUPERVISORS, VideoWatched,
        when=video_was_used, effect=keep_watched, done="Body-worn video watched",
    )  # fmt: skip


# fmt: off
EXHIBIT = Workflow("exhibit", Exhibit, E,
    Step("list",   "Add to the evidence index", NEW,      E.LISTED, KEEPS, NewExhibit, guards=(in_a_folder,), effect=keep_said, done="Item of evidence listed"),
    Step("strike", "Take out of the index",     E.LISTED, E.STRUCK, KEEPS,             done="Item of evidence taken out"),
    *SAFETY,
    label="item of evidence", finished={E.LISTED, E.STRUCK},
)

DEVICE = Workflow("device", Device, D,
    Step("issue",  "Record a safety device handed over", NEW,   D.OUT,  KEEPS, DeviceIssued,   guards=(in_a_folder,), effect=keep_said, done="Safety device handed over"),
    Step("return", "Record that it came back",           D.OUT, D.BACK, KEEPS, DeviceReturned, effect=keep_said, done="Safety device came back"),
    *SAFETY,
    label="safety device", finished={D.OUT, D.BACK},
)
# fmt: on
