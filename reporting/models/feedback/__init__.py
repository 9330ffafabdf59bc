"""How the force is told how it did: surveys, feedback of partners, consultations, findings, reviews with partners."""

from reporting.models.feedback.heard import (
    Consultation,
    FeedbackFinding,
    OutcomeReview,
    PartnerAnswer,
    PartnerFeedback,
    Purpose,
    ReviewPresence,
    Source,
)
from reporting.models.feedback.questionnaire import (
    OF_THE_HARMED,
    SATISFIED,
    VALID,
    Asks,
    Audience,
    Questionnaire,
    Satisfaction,
    Stage,
    SurveyQuestion,
)
from reporting.models.feedback.survey import (
    WAYS,
    Draw,
    SampleRule,
    Survey,
    SurveyAnswer,
    SurveyAttempt,
    SurveyConsent,
    Unasked,
)

__all__ = [
    "OF_THE_HARMED", "SATISFIED", "VALID", "WAYS", "Asks", "Audience", "Consultation", "Draw", "FeedbackFinding",
    "OutcomeReview", "PartnerAnswer", "PartnerFeedback", "Purpose", "Questionnaire", "ReviewPresence", "SampleRule",
    "Satisfaction", "Source", "Stage", "Survey", "SurveyAnswer", "SurveyAttempt", "SurveyConsent", "SurveyQuestion",
    "Unasked",
]  # fmt: skip
