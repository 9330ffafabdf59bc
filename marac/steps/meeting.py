"""THE TABLE of a meeting."""

from __future__ import annotations

from marac.models import Meeting
from marac.models.meeting import FORUM_STAFF
from marac.steps.sitting import SITTING
from workflow.declare import ANY, STAYS, Step, Workflow
from workflow.forms import Reason as Said
from workflow.forms import ShortText

S = Meeting.State


class Venue(Said):
    """Where it meets after all."""

    venue = ShortText(label="Where does it meet?", called="The venue", max_length=200)
    field_order = ("venue", "reason")


# fmt: off
MEETING = Workflow("meeting", Meeting, S,
    Step("venue", "Change where it meets", ANY, STAYS, FORUM_STAFF, Venue, done="Venue changed"),
    *SITTING,
    editable={S.SITTING: FORUM_STAFF, S.HELD: FORUM_STAFF}, finished=(S.MINUTED, S.CANCELLED),
)
# fmt: on
