"""THE TABLES of how the force is told how it did. Found by autodiscovery."""

from reporting.steps.finding import FINDING
from reporting.steps.heard import CONSULTATION, PARTNER_FEEDBACK, REVIEW
from reporting.steps.questionnaire import QUESTIONNAIRE, SAMPLE
from reporting.steps.survey import CONSENT, SURVEY

__all__ = ["CONSENT", "CONSULTATION", "FINDING", "PARTNER_FEEDBACK", "QUESTIONNAIRE", "REVIEW", "SAMPLE", "SURVEY"]
