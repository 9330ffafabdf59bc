"""THE TABLES of forums."""

from marac.steps.forum import FORUM, FORUM_MEMBER

# --- referrals (M1) ---
from marac.steps.not_referred import NOT_REFERRED
from marac.steps.referral import REFERRAL
from marac.steps.transfer import TRANSFER

__all__ = ["FORUM", "FORUM_MEMBER", "NOT_REFERRED", "REFERRAL", "TRANSFER"]
