"""Verbs on a call that its steps and the record of its incident share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Call, Holding
from cases.models.answers.call import CallResult
from cases.services.entry_check import known_at_entry
from cases.services.entry_known import Typed
from cases.services.holding import hold
from workflow.deadlines import repoint

NO_RECORD = (CallResult.DUPLICATE, CallResult.NOT_ABUSE)


def typed_at(call: Call) -> Typed:
    """What was typed at the call, for asking again what is known."""
    return Typed(call.at_risk, call.suspect, call.place, call.postcode, call.telephone, call.harmed_id)


def find_again(call: Call, by: User, at: datetime) -> None:
    """Repeat and vulnerable as the program finds them now, with the reasons. What a person marked is not touched.

    It stands on the call for all who may read that: only of cases that are kept from nobody.
    """
    known = known_at_entry(typed_at(call), user=by, now=at, but=call, plainly=True, heard=False)
    call.derived, call.derived_why = known.marks, [words[:300] for words in [*known.reasons, *known.here]]


def begun_from_call(incident: Any, by: User, at: datetime) -> None:
    """A record begun in a call's case belongs to the call: it knows the place, and whoever took the call holds the case no
    longer: the officer does. `incident` is unsaved, in its case.
    """
    call = incident.call or unrecorded_in(incident.case_id)
    if call is None:
        return
    incident.call = call
    incident.place, incident.postcode = incident.place or call.place, incident.postcode or call.postcode
    if incident.case.holder_of(Holding.Part.INVESTIGATION) in (None, call.recorded_by_id):
        hold(case=incident.case, part=Holding.Part.INVESTIGATION, person=by, at=at)
        repoint(incident.case)


def unrecorded_in(case: int) -> Call | None:
    """The newest call of the case from which a record may still be begun."""
    rows = Call.objects.unrecorded().filter(case=case).exclude(result__in=NO_RECORD)
    found: Call | None = rows.order_by("-received_at", "-pk").first()
    return found


def named_at_call(record: Any, part: str) -> dict[str, str]:
    """The name that the call heard for the person harmed or the suspect, to be looked for: {} where it heard none."""
    call = record.call
    said = {"victim": call.at_risk, "suspect": call.suspect}.get(part, "") if call else ""
    forename, _space, surname = said.rpartition(" ")
    return {"forename": forename, "surname": surname} if said else {}


def number_at_call(record: Any, part: str, kind: str) -> dict[str, str]:
    """The number that the person harmed called from, where they called themselves."""
    call = record.call
    if kind != "telephone" or part != "victim" or call is None or not call.telephone:
        return {}
    words = call.caller.lower().split()
    own = not words or {"herself", "himself", "themselves", "victim"} & set(words) or call.caller == call.at_risk
    return {"number": call.telephone} if own else {}
