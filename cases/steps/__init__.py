"""THE TABLES of the folder, read these first: `safety` (acts for every workflow), `case`, `incident`, `concern`."""

from cases.steps.case import CASE
from cases.steps.concern import CONCERN
from cases.steps.incident import INCIDENT
from cases.steps.safety import SAFETY

__all__ = ["CASE", "CONCERN", "INCIDENT", "SAFETY"]
