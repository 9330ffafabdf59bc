"""Verbs of safeguarding: children found, bells reckoned, letters written and mailboxes told."""

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
from safeguarding.services.letters import facts_of, facts_that_changed, latest_letter, write_letter
from safeguarding.services.mailboxes import tell_mailboxes

__all__ = [
    "bell_of", "draft", "facts_of", "facts_that_changed", "find_children", "grounds_of", "held_for", "latest_letter",
    "look_at_facts", "open_days", "reckon_bells", "ring_at", "scheme_tells", "tell_mailboxes", "write_letter",
]  # fmt: skip
