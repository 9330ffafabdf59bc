"""THE TABLE of a second look: a decision that was drawn is read by somebody who had no part in it (H2, H3)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from audit.models import Event
from cases.models.answers import YesOrNo
from cases.services.tasks import raise_task
from cases.steps.safety import SAFETY
from dvds.forms.second_look import Drawn, ReadAgain
from dvds.models import SecondLook
from dvds.steps.roles import UNIT
from workflow.declare import NEW, Step, Workflow
from workflow.engine import keep_said
from workflow.models import Refusal, Refused

S = SecondLook.State
Said = dict[str, Any]
NOT_SOUND = "A decision that was read again is not sound: put it right, and say what was done."


def no_part_in_it(look: Any, user: User) -> str:
    """Guard: nobody reads again what they worked on. Looking is no part; any act in the case is. Index: the chain of acts."""
    if user.username != User.SYSTEM and Event.objects.filter(chain=look.case_id, by=user).exists():
        return "You cannot do this. You worked on it, so somebody else must read it again."
    return ""


def keep_drawn(look: Any, said: Said, by: User, at: datetime) -> None:
    """Which decision, for which month and by which seed was set by whoever drew (`dvds.services.sample`)."""


def keep_sound(look: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where an answer says that it is not sound."""
    keep_said(look, said, by, at)
    look.looked_by, look.looked_at = by, at
    if YesOrNo.NO in (said["searches_whole"], said["reasons_given"]):
        raise Refused(Refusal.GUARD, "Not so. You said No to a question: record that it is not sound.")


def keep_concern(look: Any, said: Said, by: User, at: datetime) -> None:
    """Somebody owes putting it right; nothing is decided by the look itself."""
    keep_said(look, said, by, at)
    look.looked_by, look.looked_at = by, at
    raise_task(case=look.case, kind="second_look", why=NOT_SOUND, by=User.objects.system(), at=at, about=look)


# fmt: off
SECOND_LOOK = Workflow("second-look", SecondLook, S,
    Step("draw",    "Draw it for a second look", NEW,     S.DRAWN,   SYSTEM, Drawn,     effect=keep_drawn,   done="Drawn for a second look"),
    Step("sound",   "Say that it is sound",      S.DRAWN, S.SOUND,   UNIT,   ReadAgain, guards=(no_part_in_it,), effect=keep_sound,   done="Read again: sound"),
    Step("concern", "Say that it is not sound",  S.DRAWN, S.CONCERN, UNIT,   ReadAgain, guards=(no_part_in_it,), effect=keep_concern, done="Read again: not sound"),
    *SAFETY,
    label="second look", finished={S.SOUND, S.CONCERN},
)
# fmt: on
