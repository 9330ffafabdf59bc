"""THE TABLE of a consideration: both routes over one record, `when` tells them apart. Its rows stand with their part of the way."""

from __future__ import annotations

from cases.steps.safety import SAFETY
from dvds.models import Application
from dvds.steps.concluding import CONCLUDING
from dvds.steps.deciding import DECIDING
from dvds.steps.judging import JUDGING
from dvds.steps.late import LATE
from dvds.steps.opening import OPENING
from dvds.steps.roles import TAKERS, UNIT
from dvds.steps.sections import SECTIONS
from dvds.steps.special import SPECIAL
from workflow.declare import Workflow

S = Application.State
#: What is known is put right, and added to, until the forum has it: people are found in the checks and at the meeting.
WORKED_IN = (S.CHECKS, S.CHECKED, S.MEETING, S.MET, S.TRIAGED, S.ASSESSED)

CONSIDERATION = Workflow(
    "consideration", Application, S, *OPENING, *JUDGING, *DECIDING, *CONCLUDING, *SPECIAL, *LATE, *SAFETY,
    label="consideration", sections=SECTIONS, editable={S.OPENED: TAKERS, **dict.fromkeys(WORKED_IN, UNIT)},
    finished={S.CLOSED}, taken_down={S.OPENED},
)  # fmt: skip
