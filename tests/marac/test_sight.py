"""How long an agency sees a case: for as long as it owes something of it, and never shorter for being asked again."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from marac.models import AgendaItem, Forum, Meeting, Referral
from marac.models.planning import days_of, terms_of
from safeguarding.models import Agency
from tests.cast import take
from tests.marac.followed import done, taken_on
from tests.marac.made import at_ten, forum_of, meeting, referral


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


@pytest.fixture
def one(forum: Forum, hal: User) -> Referral:
    return referral(forum, hal)


@pytest.fixture
def held(forum: Forum, one: Referral, hal: User) -> Meeting:
    """Its agenda is out."""
    return take(meeting(forum, hal, days_ahead=40), "publish", hal)  # type: ignore[no-any-return]


def sees(user: User, one: Referral) -> bool:
    return Case.objects.visible_to(user).filter(pk=one.case_id).exists()


def test_an_agency_that_owes_an_action_sees_the_case_though_it_was_taken_off_the_agenda(
    held: Meeting, one: Referral, hal: User, housing: Agency, cleo: User, tess: User
) -> None:
    action = taken_on(one, housing, hal)
    take(held, "take-off", hal, item=AgendaItem.objects.standing().get().pk, reason="She has moved away.")
    assert sees(cleo, one) and not sees(tess, one)
    done(action, cleo)
    assert sees(cleo, one), "for as long as after a meeting"


def test_a_meeting_called_off_ends_no_sight_of_what_is_owed(
    held: Meeting, one: Referral, hal: User, housing: Agency, cleo: User, tess: User
) -> None:
    taken_on(one, housing, hal)
    take(held, "cancel", hal, reason="The town hall is flooded.")
    assert sees(cleo, one) and not sees(tess, one)


def test_an_agency_that_has_done_its_action_sees_the_case_until_the_meeting_that_still_hears_it(
    held: Meeting, one: Referral, hal: User, housing: Agency, cleo: User
) -> None:
    done(taken_on(one, housing, hal), cleo)
    grant = one.case.unit_grants.get(unit=housing.unit)
    assert grant.until == days_of(held.starts_at, terms_of(held)).sight_ends > timezone.now()


def test_the_agenda_published_again_shortens_nothing(
    held: Meeting, one: Referral, hal: User, housing: Agency, cleo: User
) -> None:
    taken_on(one, housing, hal)
    take(held, "send-new", hal)
    assert one.case.unit_grants.get(unit=housing.unit).until is None


def test_another_day_of_the_meeting_brings_back_no_case_that_was_taken_off(
    held: Meeting, one: Referral, forum: Forum, hal: User, tess: User
) -> None:
    other = referral(forum, hal, victim="Ann Bell")
    take(held, "gather", hal)
    take(held, "send-new", hal)
    item = AgendaItem.objects.standing().get(subject_id=one.pk)
    take(held, "take-off", hal, item=item.pk, reason="She has moved away.")
    take(held, "change", hal, starts_at=at_ten(47).isoformat(), venue="", reason="The chair is away.")
    assert sees(tess, other) and not sees(tess, one)
