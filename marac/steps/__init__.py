"""The tables of forums and what they hear, and the steps they are made of."""

from marac.steps.forum import FORUM, FORUM_MEMBER

# --- referrals ---
from marac.steps.not_referred import NOT_REFERRED
from marac.steps.referral import REFERRAL
from marac.steps.transfer import TRANSFER

# --- agenda, research ---
from marac.steps.meeting import MEETING
from marac.steps.research import RESEARCH
from marac.steps.sending import AGENDA_COPY

__all__ = ["AGENDA_COPY", "FORUM", "FORUM_MEMBER", "MEETING", "NOT_REFERRED", "REFERRAL", "RESEARCH", "TRANSFER"]
