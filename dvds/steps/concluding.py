"""The end, whatever was decided: the subject’s management is reviewed, the final report submitted, the record closed (A10, A11)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from dvds.models import Application
from dvds.steps.roles import UNIT
from workflow.declare import Step

S = Application.State
# fmt: off
CONCLUDING = (
    Step("review-management", "Review how the subject is managed", (S.TOLD, S.DECLINED, S.UNREACHABLE, S.INFORMED), S.CONCLUDING, UNIT, done="The subject’s management was reviewed"),
    Step("close",             "Close it",                          S.CONCLUDING, S.CLOSED, UNIT, done="Closed"),
)
# fmt: on
