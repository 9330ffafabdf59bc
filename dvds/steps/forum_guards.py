"""Guards that several parts of the way ask."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from dvds.services.before_forum import meeting_of
from dvds.services.deciding import plan_in_force
from marac.models import Meeting

NO_SAFETY_PLAN = "Not yet. No safety plan is in force."
SITS = (Meeting.State.SITTING, Meeting.State.HELD, Meeting.State.MINUTED)
NO_MEETING = "Not yet. Put it before a meeting first."
NOT_OPEN = "Not yet. The meeting that it stands before has not been opened."


def on_an_agenda(application: Any, user: User) -> str:
    """Guard: a meeting has it, and has been opened."""
    meeting = meeting_of(application)
    if meeting is None:
        return NO_MEETING
    return "" if meeting.state in SITS else NOT_OPEN


def safety_plan_there(application: Any, user: User) -> str:
    """Guard: what is told goes with a plan that somebody has approved (S721)."""
    return "" if plan_in_force(application) else NO_SAFETY_PLAN
