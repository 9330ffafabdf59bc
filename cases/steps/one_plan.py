"""One person has one plan of a kind at a time, in whichever of their cases it was begun."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from workflow.models import Refusal, Refused


def has_one(plan: Any, person: int, user: User) -> str:
    """The sentence where the person has another, or "". Of a plan that may not be seen no more is said than who can help.

    Index: repeat_plan_of_person, serial_plan_of_person.
    """
    others = type(plan).objects.open().filter(person=person).exclude(pk=plan.pk)
    if not others.exists():
        return ""
    if others.visible_to(user).exists():
        return "Not available. There is a plan for this person already: change that one."
    return "Not available here. Ask the domestic abuse coordinator."


def refuse_second(plan: Any, by: User) -> None:
    """In an effect, when nobody else can begin one meanwhile; raises Refused."""
    if refused := has_one(plan, plan.person_id, by):
        raise Refused(Refusal.GUARD, refused)
