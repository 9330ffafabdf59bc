"""Papers: what a case file holds, in words, and the press that makes pages of it."""

from reporting.paper.brief import written_brief
from reporting.paper.case_file import CaseFile, read_case, written
from reporting.paper.decision import written_decision
from reporting.paper.pack import written_pack
from reporting.paper.people import PeopleFile, kept_with, read_people, written_about
from reporting.paper.press import press

__all__ = [
    "CaseFile", "PeopleFile", "kept_with", "press", "read_case", "read_people", "written", "written_about", "written_brief",
    "written_decision", "written_pack",
]  # fmt: skip
