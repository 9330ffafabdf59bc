"""Who works it, and what holds it up: from any state that is not over, and no date moves for it (C, 7; H1, H4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Holding
from cases.services import hold, name_person
from cases.visibility import may_hold
from dvds.forms.late import GivenTo, WhyLate
from dvds.models import Delay
from dvds.models.owed import limits_open
from dvds.steps.roles import UNIT
from workflow.deadlines import repoint
from workflow.declare import OPEN, STAYS, Step
from workflow.models import Refusal, Refused

Said = dict[str, Any]
PART = Holding.Part.INVESTIGATION


def allocate(application: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever holds it owes what it owes. Raises Refused for somebody who may not open it, or works no considerations."""
    case = application.case
    hold(case=case, part=PART, person=said["person"], at=at)
    if case.restricted:
        name_person(case=case, person=said["person"])
    if not may_hold(case, said["person"]):
        words = _("Not available. %(person)s may not work this one: choose somebody of the disclosure unit.")
        raise Refused(Refusal.GUARD, words % {"person": said["person"].short_title()})
    repoint(case)


def keep_delay(application: Any, said: Said, by: User, at: datetime) -> None:
    Delay.objects.create(case=application.case, application=application, recorded_by=by, recorded_at=at, **said)


def something_runs(application: Any) -> bool:
    """a limit runs"""
    return bool(limits_open(application))


# fmt: off
LATE = (
    Step("allocate", "Give it to somebody",           OPEN, STAYS, UNIT, GivenTo, effect=allocate,   done="Given to somebody"),
    Step("delay",    "Say why it is late, or will be", OPEN, STAYS, UNIT, WhyLate, when=something_runs, effect=keep_delay, done="Why it is late was said"),
)
# fmt: on
