"""What the forums show round every page, and on a conference."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import PARTNERS
from cases.panels import Panel, show
from marac import panels_of_actions, panels_of_referrals  # noqa: F401 - what they show declares itself
from marac.models.meeting import FORUM_STAFF
from marac.services.agencies_know import known_of
from marac.services.decided import decided_of
from marac.views.figures import READS
from marac.views.forums import READERS
from marac.views.meetings import READERS as MEET
from marac.views.referrals import SEES_UNREFERRED
from workflow.pages import Entry, navigate

navigate(Entry("Forums", "forums", 65, READERS))
# --- referrals ---
navigate(
    Entry("MARAC referrals", "marac-referrals", 21, FORUM_STAFF),
    Entry("Not referred", "not-referred", 23, SEES_UNREFERRED),
    Entry("Our referrals", "agency-referrals", 21, PARTNERS),
)

# --- agenda, research ---


def what_agencies_know(case: Any, user: User, at: datetime) -> Any:
    return known_of(case, user)


show(Panel(
    "agencies-know", "What agencies know", what_agencies_know, "marac/panels/known.html", kinds=frozenset({"conference"}),
    order=30, agencies=True,
))  # fmt: skip
navigate(Entry("Meetings", "meetings", 64, MEET), Entry("Research", "agency-research", 63, PARTNERS))

# --- what a meeting decided, on the investigation and on the conference ---
show(
    Panel(
        "forum-decided", "What the forum decided", decided_of, "marac/panels/decided.html", order=38,
        kinds=frozenset({"investigation", "conference"}),
    )
)  # fmt: skip
# --- figures ---
navigate(Entry("Forum figures", "returns", 67, READS))
