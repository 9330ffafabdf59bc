"""THE TABLES of safeguarding: partner agencies and their agreements. Found by autodiscovery."""

from safeguarding.steps.agency import AGENCY, AGREEMENT
from safeguarding.steps.received import RECEIVED
from safeguarding.steps.referral import ONWARD
from safeguarding.steps.service import SERVICE
from safeguarding.steps.sharing import EXCHANGE, JOINT_ACTION

__all__ = ["AGENCY", "AGREEMENT", "EXCHANGE", "JOINT_ACTION", "ONWARD", "RECEIVED", "SERVICE"]
