"""Pages of forums."""

from marac.views.forums import forum_page, forums_page, join_forum

# --- referrals (M1) ---
from marac.views.people import refer_person
from marac.views.referrals import agency_referrals_page, not_referred_page, referrals_page

__all__ = [
    "agency_referrals_page", "forum_page", "forums_page", "join_forum", "not_referred_page", "refer_person", "referrals_page",
]  # fmt: skip
