"""THE TABLE of a consideration: both routes over one record, `when` tells them apart. Its rows stand with their part of the way."""

from __future__ import annotations

from cases.steps.safety import SAFETY
from dvds.models import Application
from dvds.steps.concluding import CONCLUDING
from dvds.steps.deciding import DECIDING
from dvds.steps.judging import JUDGING
from dvds.steps.opening import OPENING
from dvds.steps.roles import TAKERS
from dvds.steps.special import SPECIAL
from workflow.declare import Workflow

S = Application.State

CONSIDERATION = Workflow(
    "consideration", Application, S, *OPENING, *JUDGING, *DECIDING, *CONCLUDING, *SPECIAL, *SAFETY,
    label="consideration", editable={S.OPENED: TAKERS}, finished={S.CLOSED},
)  # fmt: skip
