"""Partner agencies, and what is referred to them."""

from safeguarding.models.agency import OF_CHILDREN, Agency, AgencyKind, Agreement
from safeguarding.models.received import Attempt, ReferralReceived
from safeguarding.models.referral import (
    Answered,
    Capacity,
    Consent,
    OnwardReferral,
    Outcome,
    ProgrammeLook,
    ReferralKind,
    ReferralSubject,
    Threshold,
)
from safeguarding.models.service import Need, Serves, Service
from safeguarding.models.sharing import Basis, Exchange, JointAction, SentHow

__all__ = [
    "OF_CHILDREN", "Agency", "AgencyKind", "Agreement",
    "Answered", "Attempt", "Basis", "Capacity", "Consent", "Exchange", "JointAction", "Need", "OnwardReferral", "Outcome",
    "ProgrammeLook", "ReferralKind", "ReferralReceived", "ReferralSubject", "SentHow", "Serves", "Service", "Threshold",
]  # fmt: skip
