"""THE TABLE of an agenda as it goes to one agency. The program takes its steps, as the agenda goes out and research comes in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from marac.forms.meeting import Retimed
from marac.models import AgendaCopy
from marac.models.meeting import FORUM_STAFF
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.forms import Reason

S = AgendaCopy.State


def keep_due(copy: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    copy.due_at = said["due_at"]


def nothing(copy: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    """What is said is a reason: it stands in the record of acts."""


# fmt: off
AGENDA_COPY = Workflow("agenda-copy", AgendaCopy, S,
    Step("send",      "Send it to the agency",      NEW,        S.SENT,       SYSTEM, Reason,  effect=nothing,  done="Agenda sent to the agency"),
    Step("refuse",    "Send nothing to the agency", NEW,        S.NOT_SENT,   SYSTEM, Reason,  effect=nothing,  done="Nothing sent: no agreement counts"),
    Step("send-late", "Send it after all",          S.NOT_SENT, S.SENT,       SYSTEM, Retimed, effect=keep_due, done="Agenda sent to the agency"),
    Step("retime",    "Another day",                S.SENT,     STAYS,        SYSTEM, Retimed, effect=keep_due, done="Research due on another day"),
    Step("answer",    "All research is back",       S.SENT,     S.ANSWERED,   SYSTEM, Reason,  effect=nothing,  done="All research returned"),
    Step("ask-again", "Ask for more",               S.ANSWERED, S.SENT,       SYSTEM, Retimed, effect=keep_due, done="More research asked for"),
    Step("call-off",  "It is not held",             S.SENT,     S.CALLED_OFF, SYSTEM, Reason,  effect=nothing,  done="Meeting called off"),
    Step("note",      "Note how it was chased",     ANY,        STAYS,        FORUM_STAFF, Reason, effect=nothing, done="Chased"),
    label="agenda sent to an agency", finished=(S.CALLED_OFF,),
)
# fmt: on
