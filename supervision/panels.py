"""What supervision shows round every page: its queues in the navigation, and how many notices are unread."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import KEEPERS_OF_PEOPLE, roles
from cases.services.definitions import POLICE
from cases.steps.call import CONTROL_ROOM
from supervision import consequences, untrained
from supervision.escalation.told import hearers_of
from supervision.models import Notice
from supervision.queues.decisions import EXCEPTIONS, SERIAL
from supervision.queues.declared import BUREAU, DUPLICATES, PLANS, REVIEWS, STALKING, TEAM
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
    Entry("Team queue", "team-queue", 20, TEAM.who),
    Entry("Intelligence bureau", "bureau", 26, BUREAU.who),
    Entry("Stalking", "stalking", 28, STALKING.who),
    Entry("Health", "monitors", 95, OPERATES),
    Entry("Features", "features", 96, OPERATES),
    Entry("Risk reviews", "risk-reviews", 22, REVIEWS.who),
    Entry("One person?", "duplicates", 25, DUPLICATES.who),
    Entry("Repeat victims", "repeat-victims", 27, PLANS.who),
    Entry("Exceptions", "exceptions", 24, EXCEPTIONS.who),
    Entry("Serial perpetrators", "serial", 28, SERIAL.who),
    Entry("Definitions", "definitions", 68, POLICE),
    Entry("Cover", "administration-postings", 30, roles("sergeant", "inspector")),
    Entry("Training", "administration-training", 69, roles("training_lead")),
    Entry("Administration", "administration", 85, KEEPERS_OF_PEOPLE),
)
consequences.declare_all()
untrained.declare()
notices_counted_by(unread)
told_by(hearers_of)
placed_by(where, onward)
