"""A step that is refused leads back to the case it belongs to, and to nothing that the person may not open."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import Case, Incident
from tests.cast import client_of, text_of

pytestmark = pytest.mark.django_db


def test_a_step_that_is_not_theirs_leads_back_to_the_case(
    hannahs_case: Case, hannahs_incident: Incident, tom: User
) -> None:
    answer = client_of(tom).get(f"/work/case/{hannahs_case.pk}/lift/")
    assert answer.status_code in (403, 409)
    page = text_of(answer)
    assert f'href="{hannahs_case.get_absolute_url()}">Go to the case' in page and "Go to My work" not in page


def test_whoever_may_not_open_the_case_learns_of_none(hannahs_case: Case, victor: User, stranger: User) -> None:
    for person in (victor, stranger):
        answer = client_of(person).get(f"/work/case/{hannahs_case.pk}/lift/")
        assert answer.status_code == 404 and hannahs_case.reference not in text_of(answer)


def test_whoever_is_asked_for_a_reason_first_is_told_nothing_before(hannahs_case: Case, sam: User) -> None:
    answer = client_of(sam).get(f"/work/case/{hannahs_case.pk}/lift/")
    assert answer.status_code == 302 and "reason" in answer["Location"]
