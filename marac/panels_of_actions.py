"""On a conference: what was taken on for the person harmed, and what may be begun between two meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import PARTNERS
from cases.models import Case
from cases.panels import Panel, show
from marac.models import EmergencyCall, ForumAction, Referral
from marac.models.meeting import FORUM_STAFF
from marac.steps.emergency import CALLERS
from workflow.pages import Entry, navigate

SHOWN = 50
navigate(
    Entry("Actions", "agency-actions", 20, PARTNERS, menu="marac"),
    Entry("Forum actions", "forum-actions", 66, FORUM_STAFF, menu="marac"),
)


def actions_of(case: Case, user: User, at: datetime) -> Any:
    """What was taken on for the person of this conference, due first, by an agency's reader what it took on itself; and what
    may be begun between two meetings.
    """
    referral = Referral.objects.standing().filter(case=case, submitted_at__isnull=False).order_by("pk").first()
    if referral is None:
        return None
    held = user.roles_over(case.unit)
    rows = (
        ForumAction.objects.visible_to(user)
        .filter(case=case)
        .as_at(at)
        .select_related("agency__unit")
        .order_by("due_at", "pk")
    )
    calls = (
        EmergencyCall.objects.visible_to(user)
        .filter(case=case)
        .as_at(at)
        .select_related("meeting")
        .order_by("-pk")[:SHOWN]
    )
    return {
        "referral": referral, "rows": list(rows[:SHOWN]), "calls": list(calls), "may_agree": bool(held & FORUM_STAFF),
        "may_call": bool(held & CALLERS), "now": at,
    }  # fmt: skip


show(Panel(
    "forum-actions", "Actions of the forum", actions_of, "marac/panels/actions.html", kinds=frozenset({"conference"}),
    order=24, agencies=True,
))  # fmt: skip
