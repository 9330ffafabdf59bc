"""The cast stands in every state."""

from __future__ import annotations

import pytest

from accounts.models import Unit, User
from dvds.models import Application
from tests.dvds.cast_of_disclosures import consideration

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [s for s in Application.State.values if s != "merged"])
def test_a_consideration_in_any_state(disclosure_unit: Unit, perry: User, state: str) -> None:
    assert consideration(disclosure_unit, perry, state).parties.count() == 3
