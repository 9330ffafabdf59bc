"""Papers: what a case file holds, in words, and the press that makes pages of it."""

from reporting.paper.case_file import CaseFile, read_case, written
from reporting.paper.press import press

__all__ = ["CaseFile", "press", "read_case", "written"]
