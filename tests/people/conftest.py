"""The town of these tests, and one man whom two cases recorded."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from people.models import Duplicate, Person
from tests.people.merging import suggested, twice
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


@pytest.fixture
def second(nr3: Unit) -> Case:
    """Another case of the same team."""
    return Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())


@pytest.fixture
def two(hannahs_case: Case, second: Case, ellen: User) -> tuple[Person, Person]:
    """Gareth Pollitt, recorded once in each."""
    return twice(hannahs_case, second, ellen)


@pytest.fixture
def pair(two: tuple[Person, Person], hannahs_case: Case, second: Case, ellen: User) -> Duplicate:
    """Both of him, suggested as one."""
    return suggested(hannahs_case, second, two, ellen)
