"""THE TABLE of an action of a forum: it begins when somebody takes it upon themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.steps.safety import SAFETY
from marac.forms.room import ActionSaid
from marac.models import ForumAction
from marac.models.meeting import FORUM_STAFF
from safeguarding.models import Agency
from workflow.declare import NEW, Step, Workflow

S = ForumAction.State


def of_a_referral(action: Any, user: User) -> str:
    """Guard: set beneath a referral."""
    return "" if action.referral_id else "Not available here. Agree it in the meeting room."


def keep_agreed(action: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    action.agency, action.volunteered = Agency.objects.get(pk=said["agency"]), bool(said["volunteered"])
    for name in ("who", "type", "what", "answers", "due_at"):
        setattr(action, name, said[name])


# fmt: off
FORUM_ACTION = Workflow("forum-action", ForumAction, S,
    Step("agree", "Record an action", NEW, S.AGREED, FORUM_STAFF, ActionSaid, guards=(of_a_referral,), effect=keep_agreed, done="Action agreed"),
    *SAFETY,
    label="action of a forum", finished=(S.DONE, S.NOT_POSSIBLE, S.NOT_DONE),
)
# fmt: on
