"""THE TABLES of the folder, read these first: `safety` (acts for every workflow), `case`, `incident`."""

from cases.steps.case import CASE
from cases.steps.incident import INCIDENT
from cases.steps.safety import SAFETY

__all__ = ["CASE", "INCIDENT", "SAFETY"]
