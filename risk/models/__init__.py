"""The nouns of risk, one file to a noun."""

from risk.models.answer import Answer, Row, answers_as_at, rows_of, rows_with
from risk.models.assessment import Assessment
from risk.models.decision import RiskDecision, current_grades
from risk.models.grade import DEFINITIONS, Grade, higher, rank
from risk.models.instrument import Fixed, Instrument, InstrumentVersion, Question, Section
from risk.models.threshold import Limits, RiskThreshold

__all__ = [
    "DEFINITIONS", "Answer", "Assessment", "Fixed", "Grade", "Instrument", "InstrumentVersion", "Limits", "Question",
    "RiskDecision", "RiskThreshold", "Row", "Section", "answers_as_at", "current_grades", "higher", "rank", "rows_of",
    "rows_with",
]  # fmt: skip
