"""The explorer: the address is the question; figures open the cases that the reader may open, and nothing of others."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from cases.models import Incident
from reporting.measures.declare import MEASURES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", [measure.slug for measure in MEASURES.values() if measure.theme != "Clocks"])
def test_each_measure_has_a_page_that_says_what_it_is(
    code: str, ari: User, sign_in: Any, hannahs_incident: Incident
) -> None:
    measure = next(row for row in MEASURES.values() if row.slug == code)
    page = sign_in(ari).get(f"/figures/{code}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert measure.name in text and ("No data yet." in text) == bool(measure.lacks)
