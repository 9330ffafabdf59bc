"""Verbs of the tests about merging: two records of one man, suggested, merged, made two again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from cases.models import Case
from people.models import Duplicate, Person
from people.services.hubs import rows_of
from people.services.weighing import suggest
from tests.people.population import known
from workflow import engine
from workflow.models import Refused

SURE = {"reason": "Same custody photograph, and he says so himself."}
WRONG = {"reason": "His brother: the custody record is of another man."}


def twice(one: Case, two: Case, by: User, **said: Any) -> tuple[Person, Person]:
    """Gareth Pollitt as two cases know him, spelt in two ways: the hub that will stay, and the one that will be gone."""
    first = known(one, by, "Gareth", "Pollitt", date(1988, 4, 11), address="14 Tannery Row", telephone="07700 900 862")
    second = known(two, by, "Garreth", "Pollit", date(1988, 11, 4), telephone="07700 900862", **said)
    return first, second


def suggested(one: Case, two: Case, pair: tuple[Person, Person], by: User) -> Duplicate:
    cases = {pair[0].pk: one.pk, pair[1].pk: two.pk}
    return suggest(cases, by=by, reason="The neighbour says that it is one man.", unit=one.unit)


def merged(pair: Duplicate, by: User) -> Duplicate:
    done: Duplicate = engine.perform(pair, "merge", by=by, evidence=SURE, seen=pair.version)
    return done


def parted(pair: Duplicate, by: User, *goes: str) -> Duplicate:
    done: Duplicate = engine.perform(pair, "undo", by=by, evidence={**WRONG, "goes": [*goes]}, seen=pair.version)
    return done


def of(person: Person) -> set[tuple[int, int]]:
    """Everything that hangs on a hub."""
    return {(row.column, row.pk) for row in rows_of([person.pk])}


def refusal(act: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value
