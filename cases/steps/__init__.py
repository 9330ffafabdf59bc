"""THE TABLES of the folder, read these first: `safety` (acts for every workflow), `case`, `incident`, `concern`."""

from cases.steps.arrest import ARREST
from cases.steps.attachment import FILE
from cases.steps.call import CALL
from cases.steps.case import CASE
from cases.steps.concern import CONCERN
from cases.steps.crime import CRIME, NON_CRIME
from cases.steps.evidence import DEVICE, EXHIBIT
from cases.steps.incident import INCIDENT
from cases.steps.intelligence import INTELLIGENCE
from cases.steps.repeat_plan import REPEAT_PLAN
from cases.steps.safety import SAFETY
from cases.steps.systems import SYSTEM_CHECK
from cases.steps.task import TASK
from cases.steps.threat import THREAT

__all__ = [
    "ARREST",
    "CALL",
    "CASE",
    "CONCERN",
    "CRIME",
    "NON_CRIME",
    "REPEAT_PLAN",
    "DEVICE",
    "EXHIBIT",
    "FILE",
    "INCIDENT",
    "INTELLIGENCE",
    "SAFETY",
    "SYSTEM_CHECK",
    "TASK",
    "THREAT",
]
