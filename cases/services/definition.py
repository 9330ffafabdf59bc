"""Whether an incident is domestic abuse in law: worked out from the facts of the people in it, as the reader may see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Incident, Involvement
from cases.models.answers import AbuseType
from cases.models.definition import Age, Definition, define, strongest
from people.services import births_for
from workflow.beneath import fetched_beneath


def happened_at(incident: Incident) -> datetime:
    """When it happened (UTC); the report where nobody has said."""
    return incident.occurred_from or incident.reported_at


def definition_of(incident: Incident, user: User) -> Definition:
    """What the law makes of the facts now. Two queries at most: who is involved, when they were born."""
    fetched = fetched_beneath(incident).get(Involvement)
    rows = fetched if fetched is not None else incident.involvements.standing().order_by("pk")
    rows = [row for row in rows if row.part in ("victim", "suspect")]
    return derive(incident, rows, births_for([row.person_id for row in rows], user))


def derive(incident: Incident, rows: list[Any], births: dict[int, Any]) -> Definition:
    """The same from people already fetched: of several suspects the one that makes it domestic abuse."""
    moment = happened_at(incident)
    ages = {
        person: Age(birth.age_at(moment), bool(birth.born_on) and not birth.approximate)
        for person, birth in births.items()
    }
    harmed = next((ages.get(row.person_id) for row in rows if row.part == "victim"), None)
    abuse = [str(AbuseType(code).label) for code in incident.abuse_types]
    suspects = [(ages.get(row.person_id), row.connection) for row in rows if row.part == "suspect"]
    return strongest([define(moment, harmed, *known, abuse) for known in suspects or [(None, None)]])


def keep_definition(incident: Incident, by: User) -> dict[str, list[Any]]:
    """Put the answer and the definition it was made by on the incident, unsaved; returns what changed, before and after."""
    found = definition_of(incident, by)
    now = {"in_statute": found.answer, "definition_version": found.version.code}
    changed = {
        name: [getattr(incident, name), value] for name, value in now.items() if getattr(incident, name) != value
    }
    for name, value in now.items():
        setattr(incident, name, value)
    return changed
