"""Verbs of risk: load an instrument, read the history, work out a grade, keep the page."""

from risk.services.grade import Grading, decide, grading_of, role_of
from risk.services.history import History, history_of
from risk.services.instruments import load_instrument, load_thresholds
from risk.services.page import Said, keep_answers, keep_page

__all__ = [
    "Grading", "History", "Said", "decide", "grading_of", "history_of", "keep_answers", "keep_page", "load_instrument",
    "load_thresholds", "role_of",
]  # fmt: skip
