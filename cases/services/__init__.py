"""Verbs on the folder that several steps share."""

from cases.services.access import break_glass, hear_search, raise_concern
from cases.services.acting import tick_actions
from cases.services.conference import open_conference
from cases.services.deciding import log_decision
from cases.services.holding import end_unit, hold, name_person, name_unit, name_units, restrict
from cases.services.involving import answer_still_true, involve_known, involve_new, key_of, open_elsewhere, to_ask
from cases.services.tasks import raise_task

__all__ = [
    "answer_still_true",
    "break_glass",
    "end_unit",
    "hear_search",
    "hold",
    "involve_known",
    "involve_new",
    "key_of",
    "log_decision",
    "name_unit",
    "name_units",
    "name_person",
    "open_conference",
    "open_elsewhere",
    "raise_concern",
    "raise_task",
    "restrict",
    "tick_actions",
    "to_ask",
]
