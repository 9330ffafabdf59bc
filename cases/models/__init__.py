"""The nouns of a case, one file to a noun."""

from cases.models.action import ActionTaken
from cases.models.arrest import ArrestAttempt, ArrestDecision, ArrestVerdict
from cases.models.attachment import Attachment
from cases.models.brief import Brief, BriefRead
from cases.models.call import Call, CallAdvice, CallGrading, CallTiming, CriticalCheck
from cases.models.case import Case, Holding, NamedGrant, UnitGrant
from cases.models.concern import AccessConcern
from cases.models.course import CourseEvent
from cases.models.crime import Crime, NonCrime
from cases.models.decision_log import LoggedDecision
from cases.models.definition_set import DefinitionRead, DefinitionSet
from cases.models.evidence import Device, Exhibit, Footage
from cases.models.household import HouseholdMember
from cases.models.imported import ImportedRow, ImportRun
from cases.models.incident import Incident
from cases.models.intelligence import Intelligence, IntelligenceAbout
from cases.models.interview import Interview
from cases.models.involvement import FactAsked, Involvement
from cases.models.linked import LinkedCase
from cases.models.linked_referral import LinkedReferral
from cases.models.marker import SetMarker
from cases.models.offence import Offence
from cases.models.outcome import Outcome
from cases.models.presence import Presence
from cases.models.repeat_plan import PlanVisit, RepeatPlan
from cases.models.safe_contact import SafeContact
from cases.models.safety import Safeguarding, SafetyWarning, ShutOut, UnsafeReport
from cases.models.serial_plan import SerialLook, SerialPlan
from cases.models.standard import StandardException
from cases.models.strand import LinkedStrand
from cases.models.systems import CheckedSystem, SystemCheck
from cases.models.task import Task
from cases.models.threat import ThreatToLife
from cases.models.watch import Look, StaffHome, WatchedLook

__all__ = [
    "AccessConcern", "ActionTaken", "ArrestAttempt", "ArrestDecision", "ArrestVerdict", "Attachment", "Brief",
    "BriefRead", "Call", "CallAdvice", "CallGrading", "CallTiming", "Case", "CheckedSystem", "CourseEvent", "Crime",
    "CriticalCheck", "DefinitionRead", "DefinitionSet", "Device", "Exhibit", "FactAsked", "Footage", "Holding",
    "HouseholdMember", "ImportRun", "ImportedRow", "Incident", "Intelligence", "IntelligenceAbout", "Interview",
    "Involvement", "LinkedCase", "LinkedReferral", "LinkedStrand", "LoggedDecision", "Look", "NamedGrant", "NonCrime",
    "Offence", "Outcome", "PlanVisit", "Presence", "RepeatPlan", "SafeContact", "Safeguarding", "SafetyWarning",
    "SerialLook", "SerialPlan", "SetMarker", "ShutOut", "StaffHome", "StandardException", "SystemCheck", "Task",
    "ThreatToLife", "UnitGrant", "UnsafeReport", "WatchedLook",
]  # fmt: skip
