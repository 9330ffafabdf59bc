"""The nouns of a case, one file to a noun."""

from cases.models.case import Case, Holding, NamedGrant
from cases.models.concern import AccessConcern
from cases.models.incident import Incident
from cases.models.involvement import FactAsked, Involvement
from cases.models.safety import SafeContact, Safeguarding, SafetyWarning, ShutOut, UnsafeReport

__all__ = [
    "AccessConcern", "Case", "FactAsked", "Holding", "Incident", "Involvement", "NamedGrant", "SafeContact", "Safeguarding",
    "SafetyWarning", "ShutOut", "UnsafeReport",
]  # fmt: skip
