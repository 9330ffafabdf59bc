"""What an agency sees ends when its reason ends, and what it owes it can see: restricted later, employer, agreement, day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, UnitGrant
from marac.models import AgendaItem, EmergencyCall, Forum, ForumTerms, Referral
from safeguarding.models import Agency
from tests.cast import take
from tests.marac import room
from tests.marac.followed import local, taken_on
from tests.marac.made import at_ten, forum_of, meeting, referral
from tests.partners import signed
from workflow import reactions


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


def sees(user: User, one: Referral) -> bool:
    return bool(Case.objects.visible_to(user).filter(pk=one.case_id).exists())


def test_an_agency_with_something_to_do_sees_the_case_after_it_was_taken_off(
    forum: Forum, hal: User, housing: Agency, cleo: User, tess: User
) -> None:
    one = referral(forum, hal)
    taken_on(one, housing, hal)
    held = take(meeting(forum, hal), "publish", hal)
    item = AgendaItem.objects.get(meeting=held, subject_id=one.pk, kind="referral")
    take(held, "take-off", hal, item=item.pk, reason="She has moved away from the area.")
    assert sees(cleo, one) and not sees(tess, one)


def test_another_day_gives_nobody_back_what_was_taken_off(forum: Forum, hal: User, cleo: User) -> None:
    one, two = referral(forum, hal), referral(forum, hal, victim="Ann Bell")
    held = take(meeting(forum, hal), "publish", hal)
    item = AgendaItem.objects.get(meeting=held, subject_id=one.pk)
    take(held, "take-off", hal, item=item.pk, reason="She has moved away from the area.")
    take(held, "change", hal, starts_at=at_ten(35).isoformat(), venue="", reason="The chair is away.")
    assert sees(cleo, two) and not sees(cleo, one)


def test_a_person_let_in_alone_sees_the_case_no_longer_than_the_meeting_has_it(
    forum: Forum, hal: User, inez: User, housing: Agency, housing_manager: User
) -> None:
    one = referral(forum, hal, employer=housing)
    held = take(meeting(forum, hal), "publish", hal)
    item, post = AgendaItem.objects.standing().get(), housing_manager.postings.get()
    take(held, "admit", inez, item=item.pk, who=f"person-{post.pk}", reason="He answers for the agency himself.")
    assert sees(housing_manager, one)
    take(held, "cancel", hal, reason="The town hall is flooded.")
    assert not sees(housing_manager, one)


def test_a_case_restricted_after_the_agenda_went_out_stays_with_its_forum_and_leaves_the_agencies(
    forum: Forum, hal: User, inez: User, housing: Agency, cleo: User, tess: User, priya: User, hannahs_case: Case
) -> None:
    """Without coordinator and chair nobody could hear it; whoever owes something sees it until that is done."""
    one = referral(forum, hal, beside=hannahs_case)
    held = take(meeting(forum, hal), "publish", hal)
    taken_on(one, housing, hal)
    take(hannahs_case, "restrict", priya, reason="His brother works for the council.")
    assert Case.objects.get(pk=one.case_id).restricted
    assert sees(hal, one) and sees(inez, one)
    assert sees(cleo, one) and not sees(tess, one)
    item = AgendaItem.objects.get(meeting=held, subject_id=one.pk, kind="referral")
    take(
        held,
        "admit",
        inez,
        item=item.pk,
        who=f"agency-{tess.postings.get().unit.agency.pk}",
        reason="She speaks for her.",
    )
    assert sees(tess, one)


def test_the_agency_for_which_a_party_works_is_let_in_by_no_other_way(
    forum: Forum, hal: User, housing: Agency, advisers: Agency, cleo: User, tess: User
) -> None:
    one = referral(forum, hal, employer=housing)
    said = {
        "why": "He was released this morning.", "how": "Telephone conference 4", "agencies": [housing.pk, advisers.pk],
        "starts_at": local(timezone.now() + timedelta(hours=3)),
    }  # fmt: skip
    take(EmergencyCall(case=one.case, referral=one), "call", hal, **said)
    taken_on(one, housing, hal)
    assert sees(tess, one) and not sees(cleo, one)


@pytest.mark.rule("R-35")
def test_an_agreement_that_is_ended_ends_what_the_agency_sees_and_a_new_one_shows_it_what_it_owes(
    forum: Forum, hal: User, housing: Agency, cleo: User, tess: User
) -> None:
    one, own = referral(forum, hal), referral(forum, hal, victim="Ann Bell", agency=housing, origin=housing.unit)
    owes = referral(forum, hal, victim="Rosa Field")
    UnitGrant.objects.create(case=own.case, unit=housing.unit, from_at=timezone.now() - timedelta(days=1))
    taken_on(owes, housing, hal)
    take(meeting(forum, hal), "publish", hal)
    assert [sees(cleo, each) for each in (one, own, owes)] == [True, True, True]
    take(housing.agreements.get(), "end", hal)
    reactions.run_due()
    assert [sees(cleo, each) for each in (one, own, owes)] == [False, True, False] and sees(tess, one)
    signed(hal, housing, ago=1)
    reactions.run_due()
    assert [sees(cleo, each) for each in (one, own, owes)] == [False, True, True]


@pytest.mark.rule("R-35")
def test_an_agency_whose_agreement_ended_after_the_meeting_gets_no_minutes(
    hal: User, inez: User, housing: Agency, advisers: Agency
) -> None:
    forum = room.forum_with(hal, housing, advisers)
    earlier = timezone.localdate() - timedelta(days=30)
    ForumTerms.objects.create(forum=forum, valid_from=earlier, authority="Steering group")
    forum.members.update(since=earlier)
    held = room.sitting(room.meeting_of(forum, hal, timezone.now() - timedelta(days=1), chair=inez), hal)
    hearing = room.called(room.referred(held, hal, to=(housing, advisers)), hal)
    take(hearing, "finish", inez, outcome="no_forum", because="The count was of another man.")
    take(held, "close", inez)
    take(housing.agreements.get(), "end", hal)
    take(held, "issue", hal, checked="on")
    agencies = set(held.minutes.values_list("agency__unit__name", flat=True))
    assert agencies == {None, "Easterby advisers"}
