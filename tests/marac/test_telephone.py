"""An emergency meeting that was held by telephone: its meeting is held, and its minutes say what came of it (D.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from marac.models import EmergencyCall, Forum, Meeting, MinutesCopy
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac.followed import local, taken_on
from tests.marac.made import forum_of, referral
from tests.marac.room import sitting
from workflow.models import Deadline, Refused


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


@pytest.fixture
def call(forum: Forum, hal: User, inez: User, housing: Agency) -> EmergencyCall:
    one = referral(forum, hal)
    said = {"why": "He was released this morning.", "how": "Telephone", "agencies": [housing.pk],
            "starts_at": local(timezone.now() + timedelta(minutes=1))}  # fmt: skip
    made: EmergencyCall = take(EmergencyCall(case=one.case, referral=one), "call", inez, **said)
    return made


def on_the_telephone(call: EmergencyCall, by: User) -> Meeting:
    take(call, "hold", by, held_at=local(timezone.now()), came_of_it="She is at a refuge, and he does not know where.")
    return Meeting.objects.get(pk=call.meeting_id)


def test_holding_it_by_telephone_holds_its_meeting_and_minutes_are_owed(call: EmergencyCall, hal: User) -> None:
    meeting = on_the_telephone(call, hal)
    held_at = EmergencyCall.objects.get(pk=call.pk).held_at
    assert (meeting.state, meeting.opened_at, meeting.closed_at) == ("held", held_at, held_at)
    assert Deadline.objects.open().filter(policy="minutes-issued", subject_id=meeting.pk).exists()
    assert not Deadline.objects.open().filter(policy="meeting-held").exists()
    page = text_of(client_of(hal).get(call.get_absolute_url()))
    assert "Still to be issued" in page
    assert "Issue the minutes" in text_of(client_of(hal).get(meeting.get_absolute_url()))


def test_its_minutes_say_what_came_of_it_and_what_was_taken_on_to_each_agency_that_was_asked(
    call: EmergencyCall, hal: User, housing: Agency, cleo: User, tess: User
) -> None:
    taken_on(call.referral, housing, hal, call.meeting, what="Change the locks tonight.")
    meeting = on_the_telephone(call, hal)
    take(meeting, "issue", hal, checked="on")
    mine = MinutesCopy.objects.get(meeting=meeting, agency=housing)
    for words in ("She is at a refuge", "held by telephone", "Change the locks tonight."):
        assert words in str(mine.said), words
        assert words in text_of(client_of(cleo).get(mine.get_absolute_url())), words
    assert "refuge" not in str(MinutesCopy.objects.get(meeting=meeting, agency=tess.postings.get().unit.agency).said)


def test_one_that_sits_in_the_room_is_closed_there(call: EmergencyCall, hal: User, inez: User) -> None:
    sitting(Meeting.objects.get(pk=call.meeting_id), inez)
    assert on_the_telephone(call, hal).state == "sitting"


def test_nobody_says_of_a_meeting_itself_that_it_was_held_by_telephone(call: EmergencyCall, hal: User) -> None:
    with pytest.raises(Refused):
        take(Meeting.objects.get(pk=call.meeting_id), "by-telephone", hal, held_at=local(timezone.now()))
