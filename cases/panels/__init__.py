"""What stands on a case: the registry every app declares its panels to, and the folder's own panels."""

from cases.panels import (
    arrest,
    brief,
    call,
    children,
    contact,
    course,
    crime,
    deciding,
    evidence,
    history,
    in_force,
    intelligence,
    interview,
    linked,
    markers,
    merging,
    narrative,
    own,
    place,
    repeat,
    review,
    systems,
    work,
)
from cases.panels.identity import GradeSource, graded_by
from cases.panels.registry import PANELS, Panel, panels_of, show

__all__ = [
    "PANELS", "GradeSource", "Panel", "arrest", "brief", "call", "children", "contact", "course", "crime", "deciding",
    "evidence", "graded_by", "history", "in_force", "intelligence", "interview", "linked", "markers", "merging",
    "narrative", "own", "panels_of", "place", "repeat", "review", "show", "systems", "work",
]  # fmt: skip
