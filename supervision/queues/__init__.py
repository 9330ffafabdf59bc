"""Queues are questions: each a name, the roles that work it, and what it asks. No table holds their members."""

from supervision.queues.declared import BUREAU, IN_HAND, MINE, NO_ARREST, NOBODYS, QUEUES, TEAM, UNHEARD, Queue
from supervision.queues.filters import Filters, parts, query_string
from supervision.queues.groups import GROUPS, SOON, Group, Place
from supervision.queues.page import Asked, QueuePage, ShownGroup, queue_page
from supervision.queues.records import InHand, in_hand
from supervision.queues.rows import Row, decision_url

__all__ = [
    "BUREAU", "GROUPS", "IN_HAND", "MINE", "NOBODYS", "NO_ARREST", "QUEUES", "SOON", "TEAM", "UNHEARD", "Asked", "Filters",
    "Group", "InHand", "Place", "Queue", "QueuePage", "Row", "ShownGroup", "decision_url", "in_hand", "parts",
    "query_string", "queue_page",
]  # fmt: skip
