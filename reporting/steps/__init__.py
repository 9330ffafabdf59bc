"""THE TABLES of reporting: figures from outside, and how the force is told how it did. Found by autodiscovery."""

from reporting.steps.context_note import CONTEXT_NOTE
from reporting.steps.finding import FINDING
from reporting.steps.heard import CONSULTATION, PARTNER_FEEDBACK, REVIEW
from reporting.steps.outside import OUTSIDE
from reporting.steps.owned import MEASURE_COMMENT, MEASURE_OWNER
from reporting.steps.pack import PACK
from reporting.steps.questionnaire import QUESTIONNAIRE, SAMPLE
from reporting.steps.survey import CONSENT, SURVEY

__all__ = [
    "CONSENT", "CONSULTATION", "CONTEXT_NOTE", "FINDING", "MEASURE_COMMENT", "MEASURE_OWNER", "OUTSIDE", "PACK", "PARTNER_FEEDBACK",
    "QUESTIONNAIRE", "REVIEW", "SAMPLE", "SURVEY",
]  # fmt: skip
