"""What supervision shows round every page: its queues in the navigation, and how many notices are unread."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import roles
from supervision.escalation.told import hearers_of
from supervision.models import Notice
from supervision.queues import TEAM
from workflow.pages import Entry, navigate, notices_counted_by
from workflow.pages.dates import told_by
from workflow.templatetags.words import COUNTED


def unread(user: User) -> int:
    """Unread notices, counted to one past 500; one query on its own index."""
    return int(Notice.objects.unread_by(user).order_by()[: COUNTED + 1].count())


navigate(
    Entry("My work", "my-work", 10),
    Entry("Team queue", "team-queue", 20, TEAM.who),
    Entry("Clocks", "clocks", 85, roles("administrator", "superintendent")),
)
notices_counted_by(unread)
told_by(hearers_of)
