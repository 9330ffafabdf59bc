"""Lists of actions: an agency's own and nobody else's, the coordinator's with late ones first, as many queries for fifty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from marac.models import Forum, Referral
from safeguarding.models import Agency
from tests.cast import client_of, shut_out, text_of
from tests.marac.followed import done, forum_of, heard, local, met, on_it, referred, taken_on


@pytest.fixture
def forum(hal: User) -> Forum:
    return forum_of(hal)


@pytest.fixture
def referral(forum: Forum, hal: User, hannahs_case: Case, housing: Agency, advisers: Agency) -> Referral:
    made = referred(forum, hal, hannahs_case)
    heard(made, met(forum, hal), hal, housing, advisers)
    on_it(made, hal, "victim", "Hannah Okoro")
    return made


@pytest.mark.requirement("S2-038")
def test_an_agency_finds_its_own_actions_due_first_and_says_what_came_of_them(
    referral: Referral, housing: Agency, advisers: Agency, cleo: User, tess: User, hal: User
) -> None:
    """Agency, due, done, effect; late ones are chased (tests/marac/test_actions.py)."""
    soon = local(timezone.now() + timedelta(hours=5))
    taken_on(referral, housing, hal, what="Second thing.")
    taken_on(referral, housing, hal, what="First thing.", due_at=soon)
    taken_on(referral, advisers, hal, what="Tess rings her.")
    page = text_of(client_of(cleo).get("/agency/actions/"))
    assert page.index("First thing.") < page.index("Second thing.") and "Tess rings" not in page
    assert "Hannah Okoro" in page and "Due soon" in page
    own = referral.actions.get(what="First thing.")
    form = client_of(cleo).get(f"/work/forum-action/{own.pk}/done/")
    assert form.status_code == 200 and "What has become of the risk?" in text_of(form)
    done(own, cleo)
    ended = text_of(client_of(cleo).get("/agency/actions/?ended=yes"))
    assert "First thing." in ended and "Second thing." not in ended
    shown = text_of(client_of(cleo).get(own.get_absolute_url()))
    assert "The risk is reduced" in shown and "HM-214" in shown
    other = referral.actions.get(what="Tess rings her.")
    assert "Say that it is done" in text_of(client_of(tess).get(other.get_absolute_url()))


def test_the_coordinator_finds_all_of_them_late_ones_first_and_by_forum_and_agency(
    referral: Referral, forum: Forum, housing: Agency, advisers: Agency, hal: User, cleo: User, ellen: User
) -> None:
    late = taken_on(referral, housing, hal, what="A late thing.")
    type(late).objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=6))
    taken_on(referral, advisers, hal, what="A thing to come.")
    browser = client_of(hal)
    page = text_of(browser.get("/marac/actions/"))
    assert page.index("Five days late or more") < page.index("A late thing.") < page.index("A thing to come.")
    only = text_of(browser.get(f"/marac/actions/?agency={advisers.pk}&forum={forum.pk}"))
    assert "A late thing." not in only and "A thing to come." in only
    assert "A late thing." not in text_of(browser.get("/marac/actions/?forum=999999"))
    assert [client_of(who).get("/marac/actions/").status_code for who in (cleo, ellen)] == [403, 403]


def test_whoever_is_shut_out_of_a_conference_finds_nothing_of_it_in_a_list_or_at_its_address(
    referral: Referral, housing: Agency, cleo: User, hal: User, inez: User
) -> None:
    action = taken_on(referral, housing, hal, what="Moved to the coast.")
    shut_out(referral.case, cleo, inez)
    assert "coast" not in text_of(client_of(cleo).get("/agency/actions/"))
    assert client_of(cleo).get(action.get_absolute_url()).status_code == 404
    assert client_of(cleo).get(f"/work/forum-action/{action.pk}/done/").status_code == 404


def test_a_partner_learns_nothing_of_the_police_case_from_an_action(
    referral: Referral, housing: Agency, cleo: User, hal: User, hannahs_case: Case
) -> None:
    action = taken_on(referral, housing, hal)
    browser = client_of(cleo)
    for address in ("/agency/actions/", action.get_absolute_url(), f"/cases/{referral.case.reference}/"):
        assert hannahs_case.reference not in text_of(browser.get(address))


def test_the_lists_ask_as_many_questions_for_fifty_as_for_one(
    referral: Referral, housing: Agency, hal: User, cleo: User
) -> None:
    taken_on(referral, housing, hal)
    browsers = {"/marac/actions/": client_of(hal), "/agency/actions/": client_of(cleo)}

    def asked() -> list[int]:
        counts = []
        for address, browser in browsers.items():
            browser.get(address)
            with CaptureQueriesContext(connection) as few:
                assert browser.get(address).status_code == 200
            counts.append(len(few))
        return counts

    before = asked()
    for _ in range(30):
        taken_on(referral, housing, hal)
    assert asked() == before
    first = text_of(client_of(cleo).get("/agency/actions/"))
    assert "Next page" in first
