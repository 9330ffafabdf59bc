"""Naming somebody in a referral, as a program does it and as the page does."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from marac.forms.referral import NewReferred
from marac.services.people import name_new
from workflow.beginning import Beginning

Said = dict[str, Any]


def look(referral: Any, said: Said, by: User) -> None:
    """Nothing is looked for: a partner must not learn by asking whom the force knows."""


def add_person(referral: Any, kind: Any, said: Said, by: User) -> Any:
    """Somebody new in the part that is said. Whether they are somebody known is judged by who may see both. Raises Refused."""
    columns = {name: value for name, value in said.items() if name not in ("age", "part")}
    age = None if said["born_on"] else said["age"]
    return name_new(referral, said["part"], by, age_said=age, **columns)


NEW_PERSON = Beginning(NewReferred, look, add_person)
