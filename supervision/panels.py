"""What supervision shows round every page: its queues in the navigation, and how many notices are unread."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import KEEPERS_OF_PEOPLE, roles
from cases.services.definitions import POLICE
from cases.steps.call import CONTROL_ROOM
from supervision import consequences, untrained
from supervision.escalation.told import hearers_of
from supervision.models import Notice
from supervision.queues.declared import (
    BUREAU,
    DUPLICATES,
    EXCEPTIONS,
    OF_CONSIDERATIONS,
    PLANS,
    REVIEWS,
    SERIAL,
    STALKING,
    TEAM,
)
from supervision.queues.line import onward, where
from workflow.pages import Entry, navigate, notices_counted_by
from workflow.pages.dates import told_by
from workflow.pages.place import placed_by
from workflow.templatetags.words import COUNTED


def unread(user: User) -> int:
    """Unread notices, counted to one past 500; one query on its own index."""
    return int(Notice.objects.unread_by(user).order_by()[: COUNTED + 1].count())


OPERATES = roles("administrator", "superintendent")

navigate(
    Entry("My work", "my-work", 10),
    Entry("Board", "board", 15, CONTROL_ROOM),
    Entry("Team queue", "team-queue", 20, TEAM.who, menu="team"),
    Entry("Intelligence bureau", "bureau", 26, BUREAU.who, menu="team"),
    Entry("Stalking", "stalking", 28, STALKING.who, menu="team"),
    Entry("Health", "monitors", 95, OPERATES, menu="system"),
    Entry("Features", "features", 96, OPERATES, menu="system"),
    Entry("Risk reviews", "risk-reviews", 22, REVIEWS.who, menu="team"),
    Entry("One person?", "duplicates", 25, DUPLICATES.who, menu="people"),
    Entry("Repeat victims", "repeat-victims", 27, PLANS.who, menu="team"),
    Entry("Plans to approve", "plans-to-approve", 23, OF_CONSIDERATIONS, menu="team"),
    Entry("Exceptions", "exceptions", 24, EXCEPTIONS.who, menu="team"),
    Entry("Serial perpetrators", "serial", 28, SERIAL.who, menu="team"),
    Entry("Definitions", "definitions", 68, POLICE, menu="reference"),
    Entry("Cover", "administration-postings", 30, roles("sergeant", "inspector"), menu="team"),
    Entry("Training", "administration-training", 69, roles("training_lead"), menu="reference"),
    Entry("Administration", "administration", 85, KEEPERS_OF_PEOPLE, menu="system"),
)
consequences.declare_all()
untrained.declare()
notices_counted_by(unread)
told_by(hearers_of)
placed_by(where, onward)
