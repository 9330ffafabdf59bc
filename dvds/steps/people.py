"""Naming somebody in a consideration, as a program does it and as the page does."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.steps.finding import NEAR
from dvds.forms.party import NewParty
from dvds.services.parties import name_party
from people.services.shown import unseen
from workflow.beginning import Beginning, LookFirst

Said = dict[str, Any]


def look(application: Any, said: Said, by: User) -> None:
    """Raises LookFirst with whom this caller may see and has not been shown."""
    if said.get("person"):
        return
    name: Said = {part: said.get(part) for part in ("forename", "surname", "born_on")}
    if near := unseen(user=by, at=timezone.now(), **name):
        raise LookFirst(NEAR, [{"person": m.person_id, "name": m.name, "born": m.born, "why": m.why} for m in near])


def add_party(application: Any, kind: Any, said: Said, by: User) -> Any:
    """Whoever was chosen, or somebody new, in the part that is said. Raises Refused."""
    return name_party(application, said["part"], by, **{name: value for name, value in said.items() if name != "part"})


NEW_PARTY = Beginning(NewParty, look, add_party)
