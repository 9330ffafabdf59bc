"""What may happen in Clare’s Law."""

from dvds.steps.application import CONSIDERATION
from dvds.steps.exceptional import EXCEPTIONAL
from dvds.steps.final_report import FINAL_REPORT
from dvds.steps.intake import INTAKE
from dvds.steps.no_trace import NO_TRACE
from dvds.steps.second_look import SECOND_LOOK
from dvds.steps.telling import TELLING
from dvds.steps.transfer import FORCE_TRANSFER

__all__ = [
    "CONSIDERATION",
    "EXCEPTIONAL",
    "FINAL_REPORT",
    "FORCE_TRANSFER",
    "INTAKE",
    "NO_TRACE",
    "SECOND_LOOK",
    "TELLING",
]
