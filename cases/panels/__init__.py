"""What stands on a case: the registry every app declares its panels to, and the folder's own panels."""

from cases.panels import arrest, call, children, contact, crime, evidence, history, linked, markers, own, review, work
from cases.panels.identity import GradeSource, graded_by
from cases.panels.registry import PANELS, Panel, panels_of, show

__all__ = [
    "PANELS", "GradeSource", "Panel", "arrest", "call", "children", "contact", "crime", "evidence", "graded_by",
    "history", "linked", "markers", "own", "panels_of", "review", "show", "work",
]  # fmt: skip
