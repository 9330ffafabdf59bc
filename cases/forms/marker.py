"""A marker set by hand, or cleared, with why."""

from __future__ import annotations

from cases.models.marker import MARKERS
from workflow.forms import LongText, Pick, Reason


class MarkerSet(Reason):
    code = Pick([(row.code, row.label) for row in MARKERS], label="Which marker?", needed="Choose the marker")
    reason = LongText(label="How do you know?", needed="Say how you know", min_length=10, max_length=1000, rows=3)
    field_order = ("code", "reason")


class MarkerCleared(Reason):
    code = Pick([(row.code, row.label) for row in MARKERS], label="Which marker?", needed="Choose the marker")
    reason = LongText(
        label="Why does it no longer hold?", needed="Say why it no longer holds", min_length=10, max_length=4000, rows=3
    )
    field_order = ("code", "reason")
