"""THE TABLES of whose a measure is, and of what is said of it and done about it month by month (S3-047, S3-158)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import roles
from reporting.forms.owned import Acting, Changed, Comment, Corrected, Did, Named, Noted
from reporting.models import MeasureComment, MeasureOwner
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.models import Refusal, Refused

Said = dict[str, Any]
O, C = MeasureOwner.State, MeasureComment.State  # noqa: E741 - the states of the two tables
#: Names owners and sets targets; says something of a figure.
NAMES = roles("superintendent", "command", "chief_officer")
SAYS = NAMES | roles("analyst", "inspector", "sergeant")
NOT_YOUR_UNIT = "Your role does not reach that unit. Name a unit of yours, or ask an administrator."
OWNED_ALREADY = "Not available. %(person)s answers for this measure in that unit. Change that, or end it first."


def reach(unit: Any, who: frozenset[str], by: User, at: datetime) -> None:
    """Raises Refused where the role does not reach the unit."""
    if not by.holds(who, unit, at):
        raise Refused(Refusal.ROLE, NOT_YOUR_UNIT)


def name_owner(row: Any, said: Said, by: User, at: datetime) -> None:
    reach(said["over"], NAMES, by, at)
    there = (
        MeasureOwner.objects.filter(measure=said["measure"], unit=said["over"], state=O.STANDING)
        .select_related("owner")
        .first()
    )
    if there is not None:
        raise Refused(Refusal.GUARD, _(OWNED_ALREADY) % {"person": there.owner.title()})
    row.unit = said["over"]
    keep_aim(row, said, by, at)


def keep_aim(row: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(row, said, by, at)


def say(row: Any, said: Said, by: User, at: datetime) -> None:
    reach(said["over"], SAYS, by, at)
    row.unit = said["over"]
    keep_said(row, said, by, at)


def finish(row: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(row, said, by, at)
    row.done_at = at


def nothing_more(row: Any, said: Said, by: User, at: datetime) -> None:
    """The words are in the record of what happened; the row keeps only where it stands."""


# fmt: off
MEASURE_OWNER = Workflow("measure-owner", MeasureOwner, O,
    Step("name",   "Name who answers for a measure", NEW,        O.STANDING, NAMES, Named,   effect=name_owner,   done="Owner of a measure named"),
    Step("change", "Change owner or target",         O.STANDING, STAYS,      NAMES, Changed, effect=keep_aim,     done="Owner or target of a measure changed"),
    Step("end",    "End it",                         O.STANDING, O.ENDED,    NAMES, Noted,   effect=nothing_more, done="Owner of a measure ended"),
    Step("note",   "Note something about it",        ANY,        STAYS,      NAMES, Noted,   effect=nothing_more, done="Note on the owner of a measure"),
    label="owner of a measure", finished=(O.STANDING, O.ENDED),
)

MEASURE_COMMENT = Workflow("measure-comment", MeasureComment, C,
    Step("say",     "Say something of a figure",   NEW,      C.SAID,   SAYS, Comment,   effect=say,    done="Something said of a figure"),
    Step("act",     "Say what is done about it",   C.SAID,   C.ACTING, SAYS, Acting,    done="Action on a figure agreed"),
    Step("finish",  "Say what was done",           C.ACTING, C.DONE,   SAYS, Did,       effect=finish, done="Action on a figure done"),
    Step("correct", "Correct what is said of it",  ANY,      STAYS,    SAYS, Corrected, done="Words of a figure corrected"),
    label="words of a figure", finished=(C.SAID, C.DONE),
)
# fmt: on
