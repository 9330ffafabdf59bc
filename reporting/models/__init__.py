"""Papers and lists that leave, and how the force is told how it did."""

from reporting.models.export import Export
from reporting.models.feedback import (
    Consultation,
    Draw,
    FeedbackFinding,
    OutcomeReview,
    PartnerAnswer,
    PartnerFeedback,
    Questionnaire,
    ReviewPresence,
    SampleRule,
    Survey,
    SurveyAnswer,
    SurveyAttempt,
    SurveyConsent,
    SurveyQuestion,
)
from reporting.models.paper import BRIEF_LASTS, MARKING, OF, STUCK, TRIES, UNHEARD, Document, DocumentContent

__all__ = [
    "BRIEF_LASTS", "MARKING", "OF", "STUCK", "TRIES", "UNHEARD", "Document", "DocumentContent", "Export",
    "Consultation", "Draw", "FeedbackFinding", "OutcomeReview", "PartnerAnswer", "PartnerFeedback", "Questionnaire",
    "ReviewPresence", "SampleRule", "Survey", "SurveyAnswer", "SurveyAttempt", "SurveyConsent", "SurveyQuestion",
]  # fmt: skip
