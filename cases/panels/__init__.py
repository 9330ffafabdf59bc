"""What stands on a case: the registry every app declares its panels to, and the folder's own panels."""

from cases.panels import history, markers, own, review
from cases.panels.identity import GradeSource, graded_by
from cases.panels.registry import PANELS, Panel, panels_of, show

__all__ = ["PANELS", "GradeSource", "Panel", "graded_by", "history", "markers", "own", "panels_of", "review", "show"]
