"""Forums, meetings, referrals, research, actions, returns."""

from marac.models.action import ActionType, Effect, ForumAction, Worth
from marac.models.emergency import EmergencyCall
from marac.models.figures import NationalValue, QuarterReturn, SelfAssessment
from marac.models.forum import Forum, ForumKind, ForumMember, ForumTerms, RepeatAnchor, RepeatWords
from marac.models.meeting import AgendaItem, Attendance, Hearing, Meeting, Outcome, Shared, Sort
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

__all__ = [
    "ActionType", "AgendaItem", "Attendance", "Consent", "Effect", "EmergencyCall", "Forum", "ForumAction", "ForumKind",
    "ForumMember", "ForumTerms", "Ground", "Hearing", "LawfulBasis", "Meeting", "NationalValue", "NotReferred", "Outcome", "Part",
    "QuarterReturn", "Referral", "ReferredPerson", "RepeatAnchor", "RepeatWords", "Research", "ResearchLine",
    "SelfAssessment", "Shared", "Sort", "Transfer", "Worth",
]  # fmt: skip
