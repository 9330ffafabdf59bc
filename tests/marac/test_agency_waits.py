"""The page of an agency says what it owes the forums: research, actions, whom it is to tell, referrals to be mended."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case, UnitGrant
from marac.models import AgendaCopy, Forum, ForumAction, Hearing, Meeting
from safeguarding.models import Agency, Exchange
from tests.cast import client_of, take, text_of
from tests.marac.followed import taken_on
from tests.marac.made import at_ten, forum_of, meeting, referral
from tests.marac.room import agreed, called, forum_with, meeting_of, referred, sitting, summed_up
from workflow import reactions
from workflow.deadlines import repoint
from workflow.models import Deadline

HOME = "/agency/"


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


def test_research_actions_and_returned_referrals_wait_for_the_agency_that_owes_them_and_for_no_other(
    forum: Forum, hal: User, housing: Agency, cleo: User, moira: User
) -> None:
    one = referral(forum, hal)
    take(meeting(forum, hal), "publish", hal)
    taken_on(one, housing, hal, what="A management move is put to the panel.")
    back = referral(
        forum, hal, victim="Ann Bell", state="returned", agency=housing, origin=housing.unit, returned_because="No grounds."
    )  # fmt: skip
    UnitGrant.objects.create(case=back.case, unit=housing.unit, from_at=timezone.now())
    page = text_of(client_of(cleo).get(HOME))
    for words in (
        one.case.reference,
        "A management move",
        back.case.reference,
        "No grounds.",
        "Research your agency owes",
    ):
        assert words in page, words
    other = text_of(client_of(moira).get(HOME))
    assert one.case.reference not in other and "management move" not in other and back.case.reference not in other


@pytest.fixture
def heard(hal: User, inez: User, housing: Agency, advisers: Agency) -> Hearing:
    """A case that was heard; the advisers are to tell her."""
    held = sitting(meeting_of(forum_with(hal, housing, advisers), hal, chair=inez), hal)
    hearing = called(referred(held, hal, to=(housing, advisers)), hal)
    agreed(hearing, hal, housing, "Change the locks")
    done: Hearing = take(summed_up(hearing, advisers), "finish", hal, outcome="actions")
    return done


def test_the_adviser_finds_on_her_own_page_whom_she_is_to_tell_and_says_so(
    heard: Hearing, tess: User, cleo: User
) -> None:
    step = f"/work/hearing/{heard.pk}/told/"
    assert step in client_of(tess).get(HOME).content.decode()
    assert step not in client_of(cleo).get(HOME).content.decode()
    room = heard.get_absolute_url()
    assert step in client_of(tess).get(room).content.decode()
    assert step not in client_of(cleo).get(room).content.decode()
    answer = client_of(tess).post(step, {"how": "She was glad of it.", "seen": heard.version})
    assert answer.status_code == 302 and Hearing.objects.get(pk=heard.pk).told_at is not None
    assert step not in client_of(tess).get(HOME).content.decode()


def test_the_clock_of_telling_her_stays_with_the_agency_whoever_holds_the_conference(
    heard: Hearing, advisers: Agency
) -> None:
    repoint(Case.objects.get(pk=heard.case_id))
    clock = Deadline.objects.open().get(policy="victim-told")
    assert clock.unit == advisers.unit


def test_no_clock_of_an_agency_is_moved_to_the_forum(forum: Forum, hal: User, housing: Agency) -> None:
    one = referral(forum, hal)
    take(meeting(forum, hal), "publish", hal)
    taken_on(one, housing, hal)
    repoint(Case.objects.get(pk=one.case_id))
    owed = Deadline.objects.open().filter(policy__in=["research-returned", "forum-action-done"], unit=housing.unit)
    assert owed.count() == 2


def test_the_page_costs_the_same_for_one_thing_owed_and_for_nine(
    forum: Forum, hal: User, housing: Agency, cleo: User
) -> None:
    held, browser = meeting(forum, hal), client_of(cleo)

    def more(number: int) -> None:
        taken_on(referral(forum, hal, victim=f"Case Number{number}"), housing, hal)
        take(Meeting.objects.get(pk=held.pk), "gather", hal)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(HOME)
        return len(queries)

    more(0)
    take(held, "publish", hal)
    asked()
    before = asked()
    for number in range(1, 9):
        more(number)
    take(Meeting.objects.get(pk=held.pk), "send-new", hal)
    assert asked() == before


def test_an_agency_with_nothing_but_an_incomplete_action_has_the_agenda_and_owes_no_research(
    forum: Forum, hal: User, housing: Agency, cleo: User
) -> None:
    old = referral(forum, hal, state="heard")
    action = taken_on(old, housing, hal)
    ForumAction.objects.filter(pk=action.pk).update(due_at=at_ten(3))
    held = take(meeting(forum, hal), "publish", hal)
    copy = AgendaCopy.objects.get(meeting=held)
    assert (copy.agency, copy.state, copy.due_at) == (housing, "sent", None)
    assert not Deadline.objects.open().filter(policy="research-returned").exists()
    assert "Easterby housing: Housing" in text_of(client_of(cleo).get(held.get_absolute_url()))
    referral(forum, hal, victim="Ann Bell")
    take(held, "gather", hal)
    take(held, "send-new", hal)
    assert Deadline.objects.open().filter(policy="research-returned", unit=housing.unit).exists()


def test_minutes_stand_in_the_exchange_log_of_each_case_that_they_tell_of(
    heard: Hearing, hal: User, housing: Agency, advisers: Agency
) -> None:
    take(heard.item.meeting, "close", hal)
    take(Meeting.objects.get(pk=heard.item.meeting_id), "issue", hal, checked="on")
    reactions.run_due()
    rows = Exchange.objects.filter(case=heard.case)
    assert {row.agency for row in rows} == {housing, advisers} and all("Minutes" in row.what for row in rows)
