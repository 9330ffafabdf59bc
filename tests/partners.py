"""The partners of the force: the unit that works with them, its coordinator and chair, three agencies and who signs in for each.

A plugin as `tests/cast.py` is. The agencies are recorded and have signed as a coordinator does it.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from safeguarding.models import Agency, Agreement
from tests.cast import person, take, unit

AGREED = {
    "edition": "2026-1", "signatory": "Head of service", "protection_officer": "The council’s data protection officer",
    "purpose": "What is needed to keep victims and their children safe, and nothing else.",
    "basis": "UK GDPR Article 6(1)(e) and 9(2)(g); DPA 2018 Schedule 1 paragraph 18.",
}  # fmt: skip


def recorded(by: User, name: str, code: str, kind: str, beneath: str = "DAU") -> Agency:
    """An agency that has signed nothing yet."""
    made: Agency = take(Agency(), "record", by, name=name, code=code, kind=kind, beneath=beneath)
    return made


def signed(by: User, agency: Agency, ago: int = 100, lasts: int = 365) -> Agreement:
    """Its signature, `ago` days ago, counting for `lasts` days from then."""
    on = timezone.localdate() - timedelta(days=ago)
    days = {"signed_on": on.isoformat(), "review_on": (on + timedelta(days=lasts)).isoformat()}
    made: Agreement = take(Agreement(agency=agency, unit=agency.unit), "sign", by, **AGREED, **days)
    return made


@pytest.fixture
def abuse_unit(force: Unit) -> Unit:
    """The Domestic Abuse Unit, which runs the conferences."""
    return unit("Domestic Abuse Unit", "DAU", force)


@pytest.fixture
def hal(abuse_unit: Unit) -> User:
    """The MARAC coordinator."""
    return person("", "8601", "Hal Winter", ("marac_coordinator", abuse_unit))


@pytest.fixture
def inez(abuse_unit: Unit) -> User:
    """The chair of the conference."""
    return person("DI", "8602", "Inez Farrar", ("forum_chair", abuse_unit))


@pytest.fixture
def housing(hal: User) -> Agency:
    """Easterby housing, which has signed."""
    agency = recorded(hal, "Easterby housing", "EHOU", "housing")
    signed(hal, agency)
    return agency


@pytest.fixture
def advisers(hal: User) -> Agency:
    """The IDVA service, which has signed."""
    agency = recorded(hal, "Easterby advisers", "EIDV", "idva")
    signed(hal, agency)
    return agency


@pytest.fixture
def social_care(hal: User) -> Agency:
    """Children's social care, which has signed."""
    agency = recorded(hal, "Easterby children’s services", "ECSC", "children")
    signed(hal, agency)
    return agency


@pytest.fixture
def cleo(housing: Agency) -> User:
    """Represents housing."""
    return person("", "", "Cleo Banner", ("partner", housing.unit))


@pytest.fixture
def tess(advisers: Agency) -> User:
    """An independent domestic violence adviser."""
    return person("", "", "Tess Arkwright", ("idva", advisers.unit))


@pytest.fixture
def moira(social_care: Agency) -> User:
    """Represents children's social care."""
    return person("", "", "Moira Teague", ("partner", social_care.unit))


@pytest.fixture
def housing_manager(housing: Agency) -> User:
    """Answers for what housing does not do."""
    return person("", "", "Bram Osei", ("partner_manager", housing.unit))
