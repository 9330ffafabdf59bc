"""What was decided about a subject before stands beside the next consideration, with its reasons (S745)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from dvds.models import Application, ForumDecision, Party
from tests.cast import client_of, text_of
from tests.dvds.cast_of_disclosures import consideration

pytestmark = pytest.mark.django_db

S = Application.State


@pytest.fixture
def before(disclosure_unit: Unit, perry: User) -> Application:
    """A right to know that the forum decided not to tell, and why."""
    one = consideration(disclosure_unit, perry, S.CLOSED, route="know", days_ago=200)
    ForumDecision.objects.create(
        application=one, case=one.case, recorded_by=perry, chair=perry, decided_at=timezone.now(), decision="not_tell",
        category="no_concern", reasons="One caution of 2009 and nothing since.", representations="dispensed",
        representations_because="It would have told him.",
    )  # fmt: skip
    return one


def subject(application: Application) -> object:
    return Party.objects.get(application=application, part="subject").person


def test_the_rationale_of_a_right_to_know_that_was_not_told_stands_beside_the_next_one(
    before: Application, disclosure_unit: Unit, perry: User
) -> None:
    again = consideration(disclosure_unit, perry, S.CHECKS, subject=subject(before), at_risk="Ada Lund")
    said = text_of(client_of(perry).get(again.case.get_absolute_url()))
    assert "Considered before" in said and before.case.reference in said
    assert "One caution of 2009 and nothing since." in said


def test_one_that_goes_on_in_another_is_not_named_there(
    before: Application, disclosure_unit: Unit, perry: User
) -> None:
    again = consideration(disclosure_unit, perry, S.CHECKS, subject=subject(before), at_risk="Ada Lund")
    Application.objects.filter(pk=before.pk).update(merged_into=again)
    for one, other in ((again, before), (before, again)):
        assert other.case.reference not in text_of(client_of(perry).get(one.case.get_absolute_url()))
