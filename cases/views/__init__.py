"""Pages of a case: the case itself, the reason for opening it, its code word; the people of an incident."""

from cases.views import incident
from cases.views.case import case_page
from cases.views.code_word import code_word_page
from cases.views.emergency import emergency_page
from cases.views.looks import looks_page
from cases.views.people import add_fact, find_person, still_true
from cases.views.reason import reason_page

__all__ = [
    "add_fact",
    "case_page",
    "code_word_page",
    "emergency_page",
    "find_person",
    "incident",
    "looks_page",
    "reason_page",
    "still_true",
]
