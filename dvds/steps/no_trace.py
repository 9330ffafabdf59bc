"""THE TABLE of a “no trace”: proposed by whoever looked, confirmed or returned by somebody else. No trace is a decision (H2)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.roles import roles
from cases.models import SystemCheck
from cases.steps.safety import SAFETY
from dvds.forms.no_trace import NothingFound, TraceAgreed, TraceReturned
from dvds.models import Application, NoTrace
from dvds.services.looks import agree_none, propose_none, return_none
from dvds.steps.roles import UNIT
from workflow.declare import NEW, Step, Workflow, in_a_folder

S = NoTrace.State
CHECKERS = UNIT | roles("intelligence_officer")


def of_a_look(row: Any, user: User) -> str:
    """Guard: it is of the newest look of its system that found nothing, in a consideration that is open; and says who asks."""
    row.asked_by = user
    look = row.check_made if row.check_made_id else None
    if look is None or row.application_id is None or look.case_id != row.case_id:
        return "Not available here. Record the look on the page of the checks: that puts it to a second person."
    if look.found != SystemCheck.Found.NOTHING or look.state != SystemCheck.State.RECORDED:
        return "Not available. That look found something, or was struck out."
    if NoTrace.objects.filter(check_made=look).exists():
        return "Not available. It was put to a second person already."
    return "" if Application.objects.open().filter(pk=row.application_id).exists() else "Not available. It is closed."


def by_another(row: Any, user: User) -> str:
    """Guard: neither whoever looked nor whoever wrote it down confirms it. The database holds to it too."""
    mine = user.pk in (row.recorded_by_id, row.check_made.recorded_by_id)
    return "You cannot do this. You looked, so somebody else must confirm it." if mine else ""


# fmt: off
NO_TRACE = Workflow("no-trace", NoTrace, S,
    Step("propose", "Put “no trace” to a second person", NEW,        S.PROPOSED, CHECKERS, NothingFound,  guards=(in_a_folder, of_a_look), effect=propose_none, done="No trace, to be confirmed"),
    Step("agree",   "Confirm that there is no trace",    S.PROPOSED, S.AGREED,   CHECKERS, TraceAgreed,   guards=(by_another,), effect=agree_none,  done="No trace, confirmed by a second person"),
    Step("return",  "Say what is to be searched",        S.PROPOSED, S.RETURNED, CHECKERS, TraceReturned, guards=(by_another,), effect=return_none, done="No trace: to be searched again"),
    *SAFETY,
    label="no trace", finished={S.AGREED, S.RETURNED},
)
# fmt: on
