"""THE TABLES of forums, referrals, meetings and actions. Found by autodiscovery."""

from marac.steps.action import FORUM_ACTION
from marac.steps.emergency import EMERGENCY
from marac.steps.figures import QUARTER_RETURN, SELF_ASSESSMENT
from marac.steps.forum import FORUM, FORUM_MEMBER

__all__ = ["EMERGENCY", "FORUM", "FORUM_ACTION", "FORUM_MEMBER", "QUARTER_RETURN", "SELF_ASSESSMENT"]
