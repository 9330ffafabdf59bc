"""Clare’s Law: what waits at the door, considerations, contact, checks, assessments, decisions, tellings, endings."""

from dvds.models.answers import (
    CUMULATIVE,
    SPEAK_FOR_CONCERN,
    Asks,
    Aware,
    Category,
    Channel,
    Danger,
    Factor,
    Feared,
    Malice,
    Outcome,
    Pack,
    PoliceSubject,
    Profile,
    Representations,
    Route,
    SharingConsent,
    Source,
    Test,
    Together,
)
from dvds.models.application import OVER, Application, Part, Party
from dvds.models.asked import PublicRequest
from dvds.models.assessing import (
    AgencyAsked,
    Categorised,
    FaceToFace,
    FullAssessment,
    IdentitySeen,
    Triage,
    Warned,
)
from dvds.models.checks import PNC, VISOR, NoTrace, Spent, Trace, TraceSort, Unavailable
from dvds.models.concluding import (
    Conclusion,
    Delay,
    DelayWhy,
    Exceptional,
    FinalReport,
    ForceTransfer,
    ManagedBy,
    Management,
)
from dvds.models.contact import ContactAttempt, ContactHow, ContactLeave, ContactResult
from dvds.models.counting import Number
from dvds.models.deciding import Chosen, Decision, ForumDecision, Ratification, SatAtForum, SatHow, Stage, TestAnswer
from dvds.models.intake import TAKES_UP, UNIT_STAFF, Intake
from dvds.models.looking import SecondLook
from dvds.models.profile import ProfileFrom
from dvds.models.special import Conversion, Death, StaffTold, ToldWho, UnaskedWhy, Withdrawal
from dvds.models.telling import Advised, NothingToTell, Reconsidered, Telling, Undertaking
from dvds.models.wording import Wording

__all__ = [
    "CUMULATIVE", "OVER", "PNC", "SPEAK_FOR_CONCERN", "TAKES_UP", "UNIT_STAFF", "VISOR", "Advised", "AgencyAsked",
    "Application", "Asks", "Aware", "Categorised", "Category", "Channel", "Chosen", "Conclusion", "ContactAttempt",
    "ContactHow", "ContactLeave", "ContactResult", "Conversion", "Danger", "Death", "Decision", "Delay", "DelayWhy",
    "Exceptional", "FaceToFace", "Factor", "Feared", "FinalReport", "ForceTransfer", "ForumDecision",
    "FullAssessment", "IdentitySeen", "Intake", "Malice", "ManagedBy", "Management", "NoTrace",
    "NothingToTell", "Number", "Outcome", "Pack", "Part", "Party", "PoliceSubject", "Profile", "ProfileFrom",
    "PublicRequest", "Ratification", "Reconsidered", "Representations", "Route", "SatAtForum", "SatHow", "SecondLook",
    "SharingConsent", "Source", "Spent", "StaffTold", "Stage", "Telling", "Test", "TestAnswer", "Together", "ToldWho",
    "Trace", "TraceSort", "Triage", "UnaskedWhy", "Unavailable", "Undertaking", "Warned", "Withdrawal", "Wording",
]  # fmt: skip
