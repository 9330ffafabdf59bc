"""Partner agencies, what is referred to them and shared with them, and what schools are told."""

from safeguarding.models.agency import OF_CHILDREN, Agency, AgencyKind, Agreement
from safeguarding.models.encompass import TO_SEND, Encompass, EncompassLetter, EncompassTerms, Held, Late
from safeguarding.models.establishment import (
    Establishment,
    EstablishmentKind,
    KeyAdult,
    LocalAuthority,
    Profile,
    SchoolDates,
)
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
    "Agency",
    "AgencyKind",
    "Agreement",
    "Answered",
    "Attempt",
    "Basis",
    "Capacity",
    "Consent",
    "Encompass",
    "EncompassLetter",
    "EncompassTerms",
    "Establishment",
    "EstablishmentKind",
    "Exchange",
    "Held",
    "JointAction",
    "KeyAdult",
    "Late",
    "LocalAuthority",
    "Need",
    "OF_CHILDREN",
    "OnwardReferral",
    "Outcome",
    "Profile",
    "ProgrammeLook",
    "ReferralKind",
    "ReferralReceived",
    "ReferralSubject",
    "SchoolDates",
    "SentHow",
    "Serves",
    "Service",
    "TO_SEND",
    "Threshold",
]
