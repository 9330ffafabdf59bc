"""What holds a step onward, whatever the part of the way: somebody who is said to be unsafe is answered first (I4)."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from cases.models import Safeguarding
from cases.services.contact import in_force
from cases.steps.safety import unsafe_now
from dvds.models import Danger
from dvds.services.contact import lacks_said

UNSAFE = "Not yet. Somebody is said to be unsafe now: say what was done, and that everyone is safe, first."
NOT_MADE_SAFER = "Not yet. Somebody is said to be in danger: record first what made them safer."


def nobody_unsafe(record: Any, user: User) -> str:
    """Guard of every step onward: nobody is said to be unsafe and unanswered."""
    return UNSAFE if unsafe_now(record) else ""


def danger_acted_on(application: Any, user: User) -> str:
    """Guard of sending it on: danger that was said has something done about it on record (A1)."""
    if application.danger != Danger.YES:
        return ""
    done = Safeguarding.objects.standing().filter(case=application.case).exists()
    return "" if done else NOT_MADE_SAFER


def safe_contact_whole(application: Any, user: User) -> str:
    """Guard of sending a request on: means, place and times of safe contact, each named that is missing (I1, S590)."""
    said = lacks_said(in_force(application.case)) if application.asked else ""
    return f"Not yet. {said}" if said else ""
