"""What the tests of the record start from."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import Case
from people.models import Person
from tests.audit.watching import act


@pytest.fixture
def watched(hannahs_case: Case, hannah: Person, ellen: User, victor: User) -> Case:
    """Hannah's case, whose suspect is Victor of the same team: he is shut out, and the case is marked."""
    act(hannahs_case, "set-marker", ellen, code="police_suspect", reason="He works in Response 3.")
    return Case.objects.get(pk=hannahs_case.pk)
