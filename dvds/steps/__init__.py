"""What may happen in Clare’s Law."""

from dvds.steps.application import CONSIDERATION

# --- the forum and the telling
from dvds.steps.final_report import FINAL_REPORT
from dvds.steps.telling import TELLING

__all__ = ["CONSIDERATION", "FINAL_REPORT", "TELLING"]
