"""THE TABLES of the folder, read these first: `safety` (acts for every workflow), `case`, `incident`, `concern`."""

from cases.steps.arrest import ARREST
from cases.steps.attachment import FILE
from cases.steps.call import CALL
from cases.steps.case import CASE
from cases.steps.concern import CONCERN
from cases.steps.course import COURSE
from cases.steps.crime import CRIME, NON_CRIME
from cases.steps.evidence import DEVICE, EXHIBIT
from cases.steps.incident import INCIDENT
from cases.steps.intelligence import INTELLIGENCE
from cases.steps.interview import INTERVIEW
from cases.steps.linked_referral import REFERRAL
from cases.steps.repeat_plan import REPEAT_PLAN
from cases.steps.safety import SAFETY
from cases.steps.serial_plan import SERIAL_PLAN
from cases.steps.standard import EXCEPTION
from cases.steps.systems import SYSTEM_CHECK
from cases.steps.task import TASK
from cases.steps.threat import THREAT

__all__ = [
    "EXCEPTION",
    "INTERVIEW",
    "REFERRAL",
    "SERIAL_PLAN",
    "ARREST",
    "CALL",
    "CASE",
    "CONCERN",
    "COURSE",
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
