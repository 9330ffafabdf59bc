"""THE TABLES of safeguarding: partner agencies, schools, what a school is told, what is referred to others and shared.

Found by autodiscovery.
"""

from safeguarding.steps.agency import AGENCY, AGREEMENT
from safeguarding.steps.encompass import ENCOMPASS, LETTER
from safeguarding.steps.establishment import AUTHORITY, CALENDAR, ESTABLISHMENT, KEY_ADULT
from safeguarding.steps.received import RECEIVED
from safeguarding.steps.referral import ONWARD
from safeguarding.steps.service import SERVICE
from safeguarding.steps.sharing import EXCHANGE, JOINT_ACTION

__all__ = [
    "AGENCY",
    "AGREEMENT",
    "AUTHORITY",
    "CALENDAR",
    "ENCOMPASS",
    "ESTABLISHMENT",
    "EXCHANGE",
    "JOINT_ACTION",
    "KEY_ADULT",
    "LETTER",
    "ONWARD",
    "RECEIVED",
    "SERVICE",
]
