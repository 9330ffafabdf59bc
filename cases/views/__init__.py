"""Pages of a case: the case itself, the reason for opening it, its code word; the people of an incident."""

from cases.views import action, incident
from cases.views.arrest import arrest_begin, arrest_of
from cases.views.call import check_call, record_call
from cases.views.case import case_page
from cases.views.children import begin_child
from cases.views.code_word import code_word_page
from cases.views.contact import contact_versions
from cases.views.described import about_person, take_out_fact
from cases.views.emergency import emergency_page
from cases.views.facts import add_fact, still_true
from cases.views.files import add_files, files_page, see_file, take_file
from cases.views.looks import looks_page
from cases.views.pair import pair_page
from cases.views.people import find_person
from cases.views.reason import reason_page
from cases.views.registrar import registrar_page
from cases.views.video import video_page

__all__ = [
    "about_person",
    "action",
    "add_fact",
    "add_files",
    "arrest_begin",
    "arrest_of",
    "begin_child",
    "case_page",
    "check_call",
    "code_word_page",
    "contact_versions",
    "emergency_page",
    "files_page",
    "find_person",
    "incident",
    "looks_page",
    "pair_page",
    "reason_page",
    "registrar_page",
    "record_call",
    "see_file",
    "still_true",
    "take_file",
    "take_out_fact",
    "video_page",
]
