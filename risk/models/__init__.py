"""The nouns of risk, one file to a noun."""

from risk.models.answer import Answer, Row, answers_as_at, needed_by, rows_of, rows_with
from risk.models.assessment import Assessment
from risk.models.decision import RiskDecision, current_grades
from risk.models.downgrade import Downgrade, NoReason, no_reasons_in
from risk.models.explanation import Explanation
from risk.models.grade import DEFINITIONS, Grade, higher, rank
from risk.models.instrument import Fixed, Instrument, InstrumentVersion, Question, Section
from risk.models.on_record import OnRecord
from risk.models.plan_action import PlanAction, Priority, Result
from risk.models.plan_kind import PlanActionKind
from risk.models.quality import QualityCheck, QualityVerdict
from risk.models.reassessment import Aligned, Reassessment
from risk.models.safety_plan import Agreed, FactorLeft, PlanInput, PlanReview, PlanShare, SafeCopy, SafetyPlan
from risk.models.scale import SAYS_YES, UNKNOWN, AnswerType, Option, Value, option_of, options_of
from risk.models.threshold import Limits, RiskThreshold
from risk.models.use import DASH, InstrumentUse

__all__ = [
    "DASH", "DEFINITIONS", "SAYS_YES", "UNKNOWN", "Agreed", "Aligned", "Answer", "AnswerType", "Assessment", "Downgrade",
    "Explanation", "FactorLeft", "Fixed", "Grade", "Instrument", "InstrumentUse", "InstrumentVersion", "Limits",
    "NoReason", "OnRecord", "Option", "PlanAction", "PlanActionKind", "PlanInput", "PlanReview", "PlanShare", "Priority",
    "QualityCheck", "QualityVerdict", "Question", "Reassessment", "Result", "RiskDecision", "RiskThreshold", "Row",
    "SafeCopy", "SafetyPlan", "Section", "Value", "answers_as_at", "current_grades", "higher", "needed_by",
    "no_reasons_in", "option_of", "options_of", "rank", "rows_of", "rows_with",
]  # fmt: skip
