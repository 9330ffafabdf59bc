"""The town of these tests."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from people.models import Person
from tests.people.population import known, town


@pytest.fixture
def townsfolk(hannahs_case: Any, ellen: User) -> list[Person]:
    return town(hannahs_case, ellen)


@pytest.fixture
def gareth(townsfolk: list[Person], hannahs_case: Any, ellen: User) -> Person:
    """Gareth Pollitt, born 11 April 1988, of Tannery Row: said to harm Hannah."""
    return known(
        hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11), address="14 Tannery Row", telephone="07700 900 862"
    )


@pytest.fixture
def southmere_case(sr1: Unit, sam: User) -> Any:
    """A case of Sam's beat, which Ellen may open on a reason."""
    return Case.begin(Case.Kind.INVESTIGATION, sr1, timezone.now())
