"""Forums, meetings, referrals, research, actions, returns."""

from marac.models.action import ActionType, Effect, ForumAction, Worth
from marac.models.emergency import EmergencyCall
from marac.models.figures import FigureBand, NationalValue, QuarterReturn, SelfAssessment, SteeringPaper
from marac.models.forum import Forum, ForumKind, ForumMember, ForumTerms, ForumUnit, RepeatAnchor, RepeatWords
from marac.models.meeting import AgendaItem, Attendance, Hearing, Meeting, Outcome, Shared, Sort
from marac.models.minutes import Addendum, MinutesCopy, MinutesPaper
from marac.models.referral import (
    Consent,
    Ground,
    LawfulBasis,
    NotReferred,
    Part,
    Referral,
    ReferredPerson,
    Transfer,
)
from marac.models.research import Research, ResearchLine
from marac.models.returned import Lacks, ReferralReturned
from marac.models.sending import AgendaCopy, Pack

__all__ = [
    "ActionType", "Addendum", "AgendaCopy", "AgendaItem", "Attendance", "Consent", "Effect", "EmergencyCall", "FigureBand", "Forum",
    "ForumAction", "ForumKind", "ForumMember", "ForumTerms", "ForumUnit", "Ground", "Hearing", "Lacks", "LawfulBasis", "Meeting",
    "MinutesCopy", "MinutesPaper", "NationalValue", "NotReferred", "Outcome", "Pack", "Part", "QuarterReturn",
    "Referral", "ReferralReturned", "ReferredPerson", "RepeatAnchor", "RepeatWords", "Research", "ResearchLine",
    "SelfAssessment", "Shared", "Sort", "SteeringPaper", "Transfer", "Worth",
]  # fmt: skip
