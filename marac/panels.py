"""What the forums show round every page."""

from __future__ import annotations

from accounts.roles import PARTNERS
from marac import panels_of_referrals  # noqa: F401 - what it shows declares itself
from marac.models.meeting import FORUM_STAFF
from marac.views.forums import READERS
from marac.views.referrals import SEES_UNREFERRED
from workflow.pages import Entry, navigate

navigate(Entry("Forums", "forums", 65, READERS))
# --- referrals (M1) ---
navigate(
    Entry("MARAC referrals", "marac-referrals", 21, FORUM_STAFF),
    Entry("Not referred", "not-referred", 23, SEES_UNREFERRED),
    Entry("Our referrals", "agency-referrals", 21, PARTNERS),
)
