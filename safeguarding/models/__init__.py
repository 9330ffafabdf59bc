"""Partner agencies, what is referred to them, and what schools are told."""

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

__all__ = [
    "OF_CHILDREN", "TO_SEND", "Agency", "AgencyKind", "Agreement", "Encompass", "EncompassLetter", "EncompassTerms",
    "Establishment", "EstablishmentKind", "Held", "KeyAdult", "Late", "LocalAuthority", "Profile", "SchoolDates",
]  # fmt: skip
