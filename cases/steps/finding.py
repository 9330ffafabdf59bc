"""People of an incident as a program adds them: found before they are made, as on the page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.forms.involvement import WhoToAdd
from cases.services.involving import involve_known, involve_new
from people.models import Person
from people.services.shown import unseen
from workflow.beginning import Beginning, LookFirst
from workflow.models import Refusal, Refused

NEAR = (
    "Somebody near is recorded already. Choose one of them by `person`; if it is none of them, send the same again within"
    " 30 minutes."
)
NOBODY = "There is no such person, or you may not see them."
Said = dict[str, Any]


def look(incident: Any, said: Said, by: User) -> None:
    """Raises LookFirst with whom this caller may see and has not been shown."""
    if said["person"]:
        return
    name = {part: said[part] for part in ("forename", "surname", "born_on")}
    if near := unseen(user=by, at=timezone.now(), **name):
        raise LookFirst(NEAR, [{"person": m.person_id, "name": m.name, "born": m.born, "why": m.why} for m in near])


def add_person(incident: Any, kind: Any, said: Said, by: User) -> Any:
    """Whoever was chosen, or somebody new. Raises Refused."""
    part = dict(kind.only)["part"]
    born = {"born_on": said["born_on"], "age_said": None if said["born_on"] else said["age"]}
    if part == "victim" and incident.people(part).exists():
        raise Refused(Refusal.GUARD, "The person harmed is in this record already.")
    if not said["person"]:
        return involve_new(
            incident=incident, part=part, by=by, forename=said["forename"], surname=said["surname"], **born
        )
    person = Person.objects.visible_to(by).filter(pk=said["person"]).first()
    if person is None:
        raise Refused(Refusal.HIDDEN, NOBODY)
    if incident.involvements.standing().filter(person=person).exists():
        raise Refused(Refusal.GUARD, "They are in this record already.")
    return involve_known(incident=incident, part=part, person=person, by=by, **born)


FOUND_FIRST = Beginning(WhoToAdd, look, add_person)
