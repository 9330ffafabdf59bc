"""THE TABLES of forums, referrals, meetings and actions. Found by autodiscovery."""

from marac.steps.forum import FORUM, FORUM_MEMBER

__all__ = ["FORUM", "FORUM_MEMBER"]
