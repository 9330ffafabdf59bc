"""THE TABLE of a meeting."""

from __future__ import annotations

from marac.models import Meeting
from marac.steps.planning import PLANNING
from workflow.declare import Workflow

S = Meeting.State
MEETING = Workflow("meeting", Meeting, S, *PLANNING, finished=(S.MINUTED, S.CANCELLED))
