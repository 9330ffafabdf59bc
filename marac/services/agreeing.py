"""Capturing an action in the room: four answers, an owner who is here or is rung today. R-32 is asked where it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from marac.forms.room import Agreed
from marac.models import ActionType, ForumAction, Hearing
from marac.models.seats import owner_of
from marac.services.old_plan import OWNED
from workflow import engine
from workflow.clock.moment import end_of
from workflow.models import Refusal, Refused

OVER = "Not available. The case is not being heard any more."


def agree(hearing: Hearing, typed: Any, *, by: User, at: datetime | None = None) -> ForumAction:
    """The action as it was volunteered, due at the end of its day (London); where no day is said, as the forum’s rules have
    it. `typed` is what `Agreed` asks. Two people may add at once: neither is asked for what the other has seen. Raises
    Refused.
    """
    meeting, referral = hearing.item.meeting, hearing.referral
    action = ForumAction(referral=referral, meeting=meeting, case=hearing.case)
    form = Agreed(typed, subject=action, at=at)
    if not form.is_valid():
        raise Refused(Refusal.FORM, "There is a problem.", errors=form)
    if hearing.state != Hearing.State.HEARING:
        raise Refused(Refusal.GUARD, OVER)
    said = form.cleaned_data
    action.set_again_id = said["set_again"]
    agency, who, volunteered = owner_of(said["owner"], meeting)
    due = end_of(said["due"]) if said["due"] else None
    told = {
        "agency": agency.pk, "who": who, "volunteered": "yes" if volunteered else "no", "what": said["what"],
        "type": said["type"] or OWNED.get(agency.kind, ActionType.INFORMATION), "answers": said["answers"],
        "at_once": "yes" if said["at_once"] else "no", "due_at": due.isoformat() if due else "", "owner": "",
    }  # fmt: skip
    made: ForumAction = engine.perform(action, "agree", by=by, evidence=told, at=at)
    return made
