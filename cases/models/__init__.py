"""The nouns of a case, one file to a noun."""

from cases.models.action import ActionTaken
from cases.models.arrest import ArrestAttempt, ArrestDecision, ArrestVerdict
from cases.models.attachment import Attachment
from cases.models.brief import Brief, BriefRead
from cases.models.call import Call, CallAdvice, CallGrading, CallTiming, CriticalCheck
from cases.models.case import Case, Holding, NamedGrant
from cases.models.concern import AccessConcern
from cases.models.crime import Crime, NonCrime
from cases.models.definition_set import DefinitionRead, DefinitionSet
from cases.models.evidence import Device, Exhibit, Footage
from cases.models.household import HouseholdMember
from cases.models.imported import ImportedRow, ImportRun
from cases.models.incident import Incident
from cases.models.intelligence import Intelligence, IntelligenceAbout
from cases.models.involvement import FactAsked, Involvement
from cases.models.linked import LinkedCase
from cases.models.marker import SetMarker
from cases.models.offence import Offence
from cases.models.outcome import Outcome
from cases.models.presence import Presence
from cases.models.repeat_plan import PlanVisit, RepeatPlan
from cases.models.safe_contact import SafeContact
from cases.models.safety import Safeguarding, SafetyWarning, ShutOut, UnsafeReport
from cases.models.strand import LinkedStrand
from cases.models.systems import CheckedSystem, SystemCheck
from cases.models.task import Task
from cases.models.threat import ThreatToLife
from cases.models.watch import Look, StaffHome, WatchedLook

__all__ = [
    "DefinitionRead", "DefinitionSet", "PlanVisit", "RepeatPlan",
    "Crime", "NonCrime", "Offence", "Outcome", "SetMarker",
    "Brief", "BriefRead", "ImportRun", "ImportedRow", "Look", "StaffHome", "WatchedLook",
    "AccessConcern", "ActionTaken", "ArrestAttempt", "ArrestDecision", "ArrestVerdict", "Attachment", "Call",
    "CallAdvice", "CallGrading", "CallTiming", "Case", "CriticalCheck", "Device", "Exhibit", "FactAsked", "Footage", "Holding",
    "HouseholdMember", "Incident", "Involvement", "LinkedStrand", "NamedGrant", "SafeContact", "Safeguarding",
    "CheckedSystem", "Intelligence", "IntelligenceAbout", "SystemCheck",
    "LinkedCase", "Presence", "SafetyWarning", "ShutOut", "Task", "ThreatToLife", "UnsafeReport",
]  # fmt: skip
