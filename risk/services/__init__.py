"""Verbs of risk: load an instrument, read the history, work out a grade, keep the page."""

from risk.services.contradictions import contradictions_of
from risk.services.earlier import earlier_answers
from risk.services.further import FurtherSet, further_sets
from risk.services.grade import Grading, decide, grading_of, refuse_below, role_of
from risk.services.history import History, history_of
from risk.services.instruments import load_draft, load_instrument, load_thresholds, publish
from risk.services.lowering import lapse_and_reopen
from risk.services.page import Said, copy_answer, keep_answers, keep_page
from risk.services.reassessing import raise_due, raise_reassessment
from risk.services.records import on_record

__all__ = [
    "FurtherSet", "Grading", "History", "Said", "contradictions_of", "copy_answer", "decide", "earlier_answers",
    "further_sets", "grading_of", "history_of", "keep_answers", "keep_page", "lapse_and_reopen", "load_draft",
    "load_instrument", "load_thresholds", "on_record", "publish", "raise_due", "raise_reassessment",
    "refuse_below", "role_of",
]  # fmt: skip
