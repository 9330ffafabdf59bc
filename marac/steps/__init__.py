"""THE TABLES of forums, referrals, meetings and actions. Found by autodiscovery."""

from marac.steps.forum import FORUM, FORUM_MEMBER

# --- agenda, research ---
from marac.steps.meeting import MEETING
from marac.steps.referral import REFERRAL
from marac.steps.research import RESEARCH
from marac.steps.sending import AGENDA_COPY

__all__ = ["AGENDA_COPY", "FORUM", "FORUM_MEMBER", "MEETING", "REFERRAL", "RESEARCH"]
