"""THE TABLES of forums, referrals, meetings and actions. Found by autodiscovery."""

from marac.steps.action import FORUM_ACTION
from marac.steps.forum import FORUM, FORUM_MEMBER
from marac.steps.hearing import HEARING
from marac.steps.meeting import MEETING
from marac.steps.referral import REFERRAL

__all__ = ["FORUM", "FORUM_ACTION", "FORUM_MEMBER", "HEARING", "MEETING", "REFERRAL"]
