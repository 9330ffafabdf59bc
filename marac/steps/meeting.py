"""THE TABLE of a meeting: planned, its agenda sent, held in the room, its minutes issued (D.6)."""

from __future__ import annotations

from marac.models import Meeting
from marac.models.meeting import FORUM_STAFF
from marac.steps.planning import PLANNING
from marac.steps.sitting import SITTING
from workflow.declare import Workflow

S = Meeting.State
MEETING = Workflow(
    "meeting", Meeting, S, *PLANNING, *SITTING,
    editable={S.SITTING: FORUM_STAFF, S.HELD: FORUM_STAFF}, finished=(S.MINUTED, S.CANCELLED),
)  # fmt: skip
