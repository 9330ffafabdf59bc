"""What the forums show round every page, and on a conference."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from accounts.models import User
from accounts.roles import PARTNERS
from cases.panels import Panel, show
from marac import panels_of_actions, panels_of_agencies, panels_of_referrals  # noqa: F401 - what they show declares itself
from marac.models import Pack, Research
from marac.models.meeting import FORUM_STAFF
from marac.services.agencies_know import known_of
from marac.services.decided import decided_of
from marac.views.figures import READS
from marac.views.forums import READERS
from marac.views.meetings import READERS as MEET
from marac.views.referrals import SEES_UNREFERRED
from workflow.pages import Entry, navigate
from workflow.pages.records import step_context

navigate(Entry("Forums", "forums", 65, READERS, menu="marac"))
# --- referrals ---
navigate(
    Entry("MARAC referrals", "marac-referrals", 21, FORUM_STAFF, menu="marac"),
    Entry("Not referred", "not-referred", 23, SEES_UNREFERRED, menu="marac"),
    Entry("Our referrals", "agency-referrals", 21, PARTNERS, menu="marac"),
)

# --- agenda, research ---


def what_agencies_know(case: Any, user: User, at: datetime) -> Any:
    return known_of(case, user)


show(Panel(
    "agencies-know", "What agencies know", what_agencies_know, "marac/panels/known.html", kinds=frozenset({"conference"}),
    order=30, agencies=True,
))  # fmt: skip


@step_context("research.page")
def whose_research(request: HttpRequest, research: Research) -> dict[str, Any]:
    """Of whom it is asked: an agency looks for people, not for a reference. And what it was sent of them."""
    user: Any = request.user
    pack = Pack.objects.visible_to(user).filter(referral=research.referral_id).order_by("-pk").first()
    return {"who": panels_of_referrals.people_of(research.referral, user), "pack": pack}


navigate(
    Entry("Meetings", "meetings", 64, MEET, menu="marac"),
    Entry("Research", "agency-research", 63, PARTNERS, menu="marac"),
)

# --- what a meeting decided, on the investigation and on the conference ---
show(
    Panel(
        "forum-decided", "What the forum decided", decided_of, "marac/panels/decided.html", order=38,
        kinds=frozenset({"investigation", "conference"}),
    )
)  # fmt: skip
# --- figures ---
navigate(Entry("Forum figures", "returns", 67, READS, menu="marac"))
