"""Hannah's incident of tonight, with the DASH begun."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from cases.models import Incident
from risk.models import Assessment
from tests.risk.story import PART, begun, incident_of, involve, somebody


@pytest.fixture
def tonight(hannahs_case: Any, ellen: User) -> Incident:
    """Recorded by Ellen: Hannah Okoro harmed by Daniel Reeve."""
    incident = incident_of(hannahs_case, ellen)
    involve(incident, ellen, somebody(incident, ellen, "Hannah", "Okoro"), PART.VICTIM)
    involve(incident, ellen, somebody(incident, ellen, "Daniel", "Reeve"), PART.SUSPECT)
    return incident


@pytest.fixture
def dash(tonight: Incident, ellen: User) -> Assessment:
    return begun(tonight, ellen)
