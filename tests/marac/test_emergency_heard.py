"""An emergency meeting ends in the same way as any: a plan, who tells her, minutes; and it stands on no agenda twice (D.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from marac.models import AgendaItem, EmergencyCall, Forum, Hearing, Meeting, MinutesCopy, Referral
from safeguarding.models import Agency
from tests.cast import take
from tests.marac.followed import local
from tests.marac.made import forum_of, meeting, referral
from tests.marac.room import agreed, called, sitting, summed_up

WHY = "He was released this morning and has said where he is going."


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


def emergency(one: Referral, by: User, *agencies: Agency) -> EmergencyCall:
    said = {"why": WHY, "how": "Telephone", "agencies": [agency.pk for agency in agencies],
            "starts_at": local(timezone.now() + timedelta(hours=2))}  # fmt: skip
    made: EmergencyCall = take(EmergencyCall(case=one.case, referral=one), "call", by, **said)
    return made


def heard_at(call: EmergencyCall, by: User, agency: Agency, **said: str) -> Hearing:
    held = sitting(Meeting.objects.get(pk=call.meeting_id), by)
    hearing = called(AgendaItem.objects.standing().get(meeting=held), by)
    agreed(hearing, by, agency, "Move her tonight", at_once="on", due="")
    done: Hearing = take(summed_up(hearing, agency), "finish", by, **{"outcome": "actions", **said})
    return done


def state(one: Referral) -> str:
    return Referral.objects.get(pk=one.pk).state


def test_it_is_heard_in_the_room_with_actions_for_tonight_and_minutes(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    one = referral(forum, hal)
    call = emergency(one, inez, housing)
    hearing = heard_at(call, inez, housing)
    (action,) = hearing.referral.actions.all()
    assert timedelta(hours=23) < action.due_at - timezone.now() <= timedelta(hours=24)
    assert state(one) == "heard" and hearing.flag_until is not None
    take(Meeting.objects.get(pk=call.meeting_id), "close", inez)
    take(Meeting.objects.get(pk=call.meeting_id), "issue", inez, checked="on")
    assert "Move her tonight" in str(MinutesCopy.objects.get(meeting=call.meeting_id, agency=housing).said)


def test_what_an_emergency_heard_comes_off_the_agenda_on_which_it_stood(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    one = referral(forum, hal)
    later = meeting(forum, hal)
    heard_at(emergency(one, inez, housing), inez, housing)
    item = AgendaItem.objects.get(meeting=later)
    assert item.taken_off_at is not None and "emergency meeting" in item.taken_off_because


def test_one_put_off_in_an_emergency_is_still_heard_where_it_stood(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    one = referral(forum, hal)
    later = meeting(forum, hal)
    why = {"outcome": "deferred", "because": "PC Marsh is in court and sent nothing.", "absent": "on"}
    heard_at(emergency(one, inez, housing), inez, housing, **why)
    assert AgendaItem.objects.standing().filter(meeting=later).exists() and state(one) == "listed"


def test_one_that_was_only_held_by_telephone_is_heard_at_the_next_meeting_all_the_same(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    one = referral(forum, hal)
    call = emergency(one, inez, housing)
    take(call, "hold", hal, held_at=local(timezone.now()), came_of_it="She is at a refuge.")
    on_it = AgendaItem.objects.standing().filter(meeting=meeting(forum, hal))
    assert set(on_it.values_list("kind", flat=True)) == {"referral", "emergency"} and state(one) == "listed"


def test_its_meeting_takes_up_what_waits_without_taking_it_up_twice(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    call = emergency(referral(forum, hal), inez, housing)
    take(Meeting.objects.get(pk=call.meeting_id), "gather", hal)
    assert AgendaItem.objects.standing().filter(meeting=call.meeting_id).count() == 1


def test_a_case_heard_before_is_heard_again_in_an_emergency_and_stays_heard(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    one = referral(forum, hal, state="heard")
    assert heard_at(emergency(one, inez, housing), inez, housing).outcome == "actions"
    assert state(one) == "heard"


def test_one_called_off_calls_off_its_meeting_and_the_referral_waits_for_the_next(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    one = referral(forum, hal)
    call = emergency(one, inez, housing)
    take(call, "call-off", hal, reason="He was arrested at noon and is kept in custody.")
    assert Meeting.objects.get(pk=call.meeting_id).state == "cancelled" and state(one) == "accepted"
    assert AgendaItem.objects.standing().filter(meeting=meeting(forum, hal)).count() == 1
