"""THE TABLES of forums, what they hear and what comes of it. Found by autodiscovery."""

from marac.steps.action import FORUM_ACTION
from marac.steps.emergency import EMERGENCY
from marac.steps.figures import QUARTER_RETURN, SELF_ASSESSMENT
from marac.steps.forum import FORUM, FORUM_MEMBER
from marac.steps.hearing import HEARING
from marac.steps.meeting import MEETING
from marac.steps.not_referred import NOT_REFERRED
from marac.steps.referral import REFERRAL
from marac.steps.research import RESEARCH
from marac.steps.sending import AGENDA_COPY
from marac.steps.transfer import TRANSFER

__all__ = [
    "AGENDA_COPY", "EMERGENCY", "FORUM", "FORUM_ACTION", "FORUM_MEMBER", "HEARING", "MEETING", "NOT_REFERRED",
    "QUARTER_RETURN", "REFERRAL", "RESEARCH", "SELF_ASSESSMENT", "TRANSFER",
]  # fmt: skip
