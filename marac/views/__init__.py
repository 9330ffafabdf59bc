"""Pages of forums, referrals, meetings and research."""

from marac.views.forums import forum_page, forums_page, join_forum

# --- agenda, research ---
from marac.views.meetings import meeting_page, meetings_page, plan_meeting

# --- referrals ---
from marac.views.people import refer_person
from marac.views.referrals import agency_referrals_page, not_referred_page, referrals_page
from marac.views.research import pack_page, research_page

__all__ = [
    "agency_referrals_page", "forum_page", "forums_page", "join_forum", "meeting_page", "meetings_page",
    "not_referred_page", "pack_page", "plan_meeting", "refer_person", "referrals_page", "research_page",
]  # fmt: skip
