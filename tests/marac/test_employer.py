"""Where a party works for an agency of the forum, nothing of the case reaches that agency but by whom the chair names (D.5)."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import Case
from marac.models import Forum, Referral
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac import refer
from tests.marac.followed import taken_on
from tests.marac.test_emergency import called
from tests.marac.test_forums import easterby


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


@pytest.fixture
def referral(forum: Forum, ellen: User, hal: User, housing: Agency) -> Referral:
    """Accepted; one of them works for housing."""
    sent = refer.sent(refer.high(ellen), ellen, forum, employer=housing)
    done: Referral = take(sent, "accept", hal, note="")
    return done


def sees(who: User, referral: Referral) -> bool:
    return bool(Case.objects.visible_to(who).filter(pk=referral.case_id).exists())


def test_an_action_that_is_put_to_it_lets_it_see_nothing_and_stands_all_the_same(
    referral: Referral, housing: Agency, advisers: Agency, hal: User, cleo: User, tess: User
) -> None:
    action = taken_on(referral, housing, hal, at_once="yes")
    taken_on(referral, advisers, hal, at_once="yes")
    assert (sees(cleo, referral), sees(tess, referral)) == (False, True)
    assert client_of(cleo).get(action.get_absolute_url()).status_code == 404 and refer.fresh(action).state == "agreed"


def test_an_emergency_meeting_lets_it_see_nothing_and_says_that_it_is_rung(
    referral: Referral, housing: Agency, advisers: Agency, hal: User, cleo: User, tess: User
) -> None:
    call = called(referral, hal, housing, advisers)
    assert (sees(cleo, referral), sees(tess, referral)) == (False, True)
    assert "Ring them" in text_of(client_of(hal).get(call.get_absolute_url()))


def test_where_a_party_works_for_the_agency_that_refers_only_whoever_wrote_it_sees_it(
    forum: Forum, housing: Agency, cleo: User, housing_manager: User
) -> None:
    referral = refer.by_agency(housing, cleo, forum)
    refer.name(referral, cleo, "victim", "Rosa Field")
    refer.name(referral, cleo, "suspect", "Karl Field")
    assert Case.objects.visible_to(housing_manager).filter(pk=referral.case_id).exists()
    take(refer.whole(referral, cleo, employer=housing), "submit", cleo, note="")
    assert Case.objects.visible_to(cleo).filter(pk=referral.case_id).exists()
    assert not Case.objects.visible_to(housing_manager).filter(pk=referral.case_id).exists()
