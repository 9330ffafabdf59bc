"""What the step that begins a counter-allegation asks first, and does. Its row stands in the table of the incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Involvement
from cases.services.linking import begin_counter, countered
from cases.steps.safety import Said

Part = Involvement.Part


def both_are_named(incident: Any, user: User) -> str:
    """One query; none on the case page, which has fetched everybody involved."""
    shown = getattr(incident.case, "parties_shown", None)
    if shown is not None:
        parts = {party.part for party in shown}
    else:
        parts = set(incident.involvements.standing().values_list("part", flat=True))
    return "" if {Part.VICTIM, Part.SUSPECT} <= parts else "Not yet. Add the person harmed and the suspect first."


def not_begun_already(incident: Any, user: User) -> str:
    """Only whoever may open the second case hears that it is there. A page that knows of no case beside this asks nothing."""
    if getattr(incident.case, "links_known", None) == []:
        return ""
    begun = countered(incident, user)
    if begun and not incident.people(Part.SUSPECT).exclude(person__in=begun).exists():
        return "Not available. The second case has been begun: it is named at the head of this case."
    return ""


def begin_second(incident: Any, said: Said, by: User, at: datetime) -> None:
    """The pages lead on to the second record; on the first nothing changes but its version."""
    incident.led_to = begin_counter(first=incident, accuser=said["accuser"], by=by, at=at, holder=said["taken_by"])
