"""Verbs of safeguarding: schools told of children, and what is referred to others, shared and answered."""

from safeguarding.services.answering import carry_back, close_theirs
from safeguarding.services.bells import bell_of, open_days, ring_at
from safeguarding.services.finding import (
    draft,
    find_children,
    grounds_of,
    held_for,
    look_at_facts,
    reckon_bells,
    scheme_tells,
)
from safeguarding.services.going_out import about_words, goes_out, reach_words
from safeguarding.services.high_grade import refer_to_adviser
from safeguarding.services.letters import facts_of, facts_that_changed, latest_letter, write_letter
from safeguarding.services.logging_sent import log_sent
from safeguarding.services.mailboxes import tell_mailboxes

__all__ = [
    "about_words",
    "bell_of",
    "carry_back",
    "close_theirs",
    "draft",
    "facts_of",
    "facts_that_changed",
    "find_children",
    "goes_out",
    "grounds_of",
    "held_for",
    "latest_letter",
    "log_sent",
    "look_at_facts",
    "open_days",
    "reach_words",
    "reckon_bells",
    "refer_to_adviser",
    "ring_at",
    "scheme_tells",
    "tell_mailboxes",
    "write_letter",
]
