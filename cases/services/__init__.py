"""Verbs on the folder that several steps share."""

from cases.services.access import break_glass, hear_search, raise_concern
from cases.services.acting import tick_actions
from cases.services.deciding import log_decision
from cases.services.holding import end_agency, hold, name_agency, name_person, restrict
from cases.services.involving import answer_still_true, involve_known, involve_new, key_of, open_elsewhere, to_ask
from cases.services.tasks import raise_task

__all__ = [
    "answer_still_true",
    "break_glass",
    "end_agency",
    "hear_search",
    "hold",
    "involve_known",
    "involve_new",
    "key_of",
    "log_decision",
    "name_agency",
    "name_person",
    "open_elsewhere",
    "raise_concern",
    "raise_task",
    "restrict",
    "tick_actions",
    "to_ask",
]
