"""The tables of forums and what they hear, and the steps they are made of."""

from marac.steps.action import FORUM_ACTION
from marac.steps.forum import FORUM, FORUM_MEMBER
from marac.steps.hearing import HEARING

# --- agenda, research ---
from marac.steps.meeting import MEETING

# --- referrals ---
from marac.steps.not_referred import NOT_REFERRED
from marac.steps.referral import REFERRAL
from marac.steps.research import RESEARCH
from marac.steps.sending import AGENDA_COPY
from marac.steps.transfer import TRANSFER

__all__ = [
    "AGENDA_COPY", "FORUM", "FORUM_ACTION", "FORUM_MEMBER", "HEARING", "MEETING", "NOT_REFERRED", "REFERRAL", "RESEARCH",
    "TRANSFER",
]  # fmt: skip
