"""THE TABLE of context notes: what a reader of a chart should know, put there and taken off by whoever answers for figures."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Unit, User
from accounts.roles import roles
from reporting.forms.context_note import NoteCorrected, Noted
from reporting.models import ContextNote
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = ContextNote.State
WRITERS = roles("analyst")
NOT_YOUR_UNIT = "Nothing was kept: the figures of that unit are not yours. Ask the analyst of the force."


def keep_note(note: Any, said: Said, by: User, at: datetime) -> None:
    """Of the whole force where no unit is named. Raises Refused for a unit over which the role is not held."""
    unit = said["unit"] or Unit.objects.root()
    if not by.holds(WRITERS, unit, at):
        raise Refused(Refusal.ROLE, NOT_YOUR_UNIT)
    keep_said(note, {**said, "unit": unit}, by, at)


# fmt: off
CONTEXT_NOTE = Workflow("context-note", ContextNote, S,
    Step("add",      "Add a note to the charts",   NEW,         S.IN_USE,    WRITERS, Noted,         effect=keep_note, done="Note on the charts added"),
    Step("correct",  "Correct this note",          ANY,         STAYS,       WRITERS, NoteCorrected, effect=keep_note, done="Note on the charts corrected"),
    Step("withdraw", "Take it off the charts",     S.IN_USE,    S.WITHDRAWN, WRITERS, Reason,        done="Note taken off the charts"),
    Step("restore",  "Put it on the charts again", S.WITHDRAWN, S.IN_USE,    WRITERS, Reason,        done="Note put on the charts again"),
    label="note on the charts", finished=(S.IN_USE, S.WITHDRAWN),
)
# fmt: on
