"""Mia of Hillfield Primary: the school, the child of Hannah's incident, the notification, and who reads for the school."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import Incident, Involvement
from people.models import Person
from safeguarding.models import Encompass, Establishment
from tests.cast import person
from tests.safeguarding import schools


@pytest.fixture
def hillfield(hal: User) -> Establishment:
    return schools.easterby(hal)


@pytest.fixture
def mia(hannah: Person, hannahs_incident: Incident, ellen: User, hillfield: Establishment) -> Involvement:
    return schools.child(hannahs_incident, ellen)


@pytest.fixture
def notice(mia: Involvement) -> Encompass:
    """Mia, at Hillfield Primary, to be sent."""
    return schools.notice_of(mia)


@pytest.fixture
def joan(hillfield: Establishment) -> User:
    """The safeguarding lead of Hillfield, who signs in for it."""
    return person("", "", "Joan Peel", ("partner", schools.unit_of(hillfield)))
