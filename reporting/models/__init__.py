"""Papers and lists that leave, figures that others publish, and how the force is told how it did."""

from reporting.models.context_note import ContextNote
from reporting.models.export import Export, ExportPart
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
from reporting.models.outside import CONFIRMS, ENTERS, READS, OutsideFigure, OutsideFile, OutsideImport, OutsideKind
from reporting.models.owned import MeasureComment, MeasureOwner
from reporting.models.paper import BRIEF_LASTS, MARKING, OF, STUCK, TRIES, UNHEARD, Document, DocumentContent
from reporting.models.snapshot import (
    PackCode,
    Snapshot,
    SnapshotContent,
    SnapshotFigures,
    SnapshotJob,
    SnapshotWords,
)

__all__ = [
    "BRIEF_LASTS", "CONFIRMS", "ENTERS", "MARKING", "OF", "READS", "STUCK", "TRIES", "UNHEARD", "Document", "DocumentContent",
    "ContextNote", "Export", "ExportPart", "OutsideFigure", "OutsideFile", "OutsideImport", "OutsideKind",
    "Consultation", "Draw", "FeedbackFinding", "OutcomeReview", "PartnerAnswer", "PartnerFeedback", "Questionnaire",
    "MeasureComment", "MeasureOwner", "PackCode", "Snapshot", "SnapshotContent", "SnapshotFigures", "SnapshotJob",
    "SnapshotWords", "ReviewPresence", "SampleRule", "Survey", "SurveyAnswer", "SurveyAttempt", "SurveyConsent", "SurveyQuestion",
]  # fmt: skip
