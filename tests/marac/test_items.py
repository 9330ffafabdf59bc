"""What a meeting hears besides its cases: emergencies to be noted, and records of other apps by a declaration alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from marac.items import KINDS, Kind, always
from marac.models import AgendaItem, EmergencyCall, Forum, MinutesCopy
from marac.services.agenda import agenda_for, put_on
from marac.services.room import room_of
from safeguarding.models import Agency
from tests.cast import client_of, shut_out, take, text_of
from tests.marac.followed import local
from tests.marac.made import forum_of, meeting, referral
from tests.marac.room import meeting_of, sitting
from workflow.models import Deadline

CAME_OF_IT = "She is at a refuge, three actions."


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


@pytest.fixture
def emergency(forum: Forum, hal: User, housing: Agency) -> EmergencyCall:
    """Held an hour ago, about Hannah."""
    one = referral(forum, hal, children=("Mia Okoro",))
    said = {"why": "He was released this morning.", "how": "Telephone", "agencies": [housing.pk],
            "starts_at": local(timezone.now() + timedelta(hours=2))}  # fmt: skip
    call = take(EmergencyCall(case=one.case, referral=one), "call", hal, **said)
    held: EmergencyCall = take(call, "hold", hal, held_at=local(timezone.now()), came_of_it=CAME_OF_IT)
    return held


def test_an_emergency_meeting_stands_on_the_next_agenda_and_is_noted_when_that_goes_out(
    forum: Forum, emergency: EmergencyCall, hal: User, cleo: User
) -> None:
    referral(forum, hal, victim="Ann Bell")
    held = meeting(forum, hal)
    item = AgendaItem.objects.get(meeting=held, kind="emergency")
    assert item.subject == emergency and item.part == AgendaItem.Part.CHILDREN
    assert Deadline.objects.open().filter(policy="emergency-noted").exists()
    page = text_of(client_of(hal).get(held.get_absolute_url()))
    assert "Emergency meeting, to be noted" in page and "Hannah Okoro" in page
    take(held, "publish", hal)
    assert EmergencyCall.objects.get(pk=emergency.pk).state == "noted"
    assert not Deadline.objects.open().filter(policy="emergency-noted").exists()
    assert not AgendaItem.objects.filter(meeting=meeting(forum, hal, 40), kind="emergency").exists()


def test_the_room_names_it_for_whoever_may_open_the_case_and_the_minutes_note_it(
    forum: Forum, emergency: EmergencyCall, hal: User, inez: User, housing: Agency, advisers: Agency
) -> None:
    held = sitting(meeting_of(forum, hal, chair=inez), hal)
    put_on(held, "emergency", [emergency], hal, timezone.now())
    lines = room_of(held, hal, None, True).cases
    assert [(line.seen, line.heading, line.label) for line in lines] == [
        (True, "Hannah Okoro", "Emergency meeting, to be noted")
    ]
    assert "Hannah Okoro" in text_of(client_of(hal).get(f"/marac/meetings/{held.pk}/room/"))
    shut_out(emergency.case, inez, hal)
    page = text_of(client_of(inez).get(f"/marac/meetings/{held.pk}/room/"))
    assert "Okoro" not in page and "Not yours to hear" in page
    take(held, "close", hal)
    take(held, "issue", hal, checked="on")
    own, theirs = (MinutesCopy.objects.get(meeting=held, agency=agency) for agency in (None, advisers))
    assert CAME_OF_IT in str(own.said) and CAME_OF_IT not in str(theirs.said), "the advisers were not asked to it"
    assert CAME_OF_IT in str(MinutesCopy.objects.get(meeting=held, agency=housing).said)
    assert CAME_OF_IT in text_of(client_of(hal).get(own.get_absolute_url()))
    assert CAME_OF_IT not in text_of(client_of(inez).get(own.get_absolute_url()))


def test_another_app_declares_a_kind_and_it_is_listed_headed_and_minuted(
    monkeypatch: Any, forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    """Clare's Law will declare one so: nothing of the agenda, the room or the minutes is touched for it."""
    asked = Kind(
        "ask", "Right to ask", Agency._meta.label, always(AgendaItem.Part.OTHER),
        lambda records, user: {row.pk: "Somebody asks" for row in records if user == hal}, lambda row: row.get_absolute_url(),
        minuted=lambda row: "To be disclosed.",
    )  # fmt: skip
    monkeypatch.setitem(KINDS, "ask", asked)
    held = sitting(meeting_of(forum, hal, chair=inez), hal)
    put_on(held, "ask", [housing], hal, timezone.now())
    (part,) = agenda_for(held, hal)
    assert (part.label, [line.heading for line in part.lines]) == ("For another purpose", ["Somebody asks"])
    page = text_of(client_of(hal).get(f"/marac/meetings/{held.pk}/room/"))
    assert "Somebody asks" in page and "Right to ask" in page
    assert "Somebody asks" not in text_of(client_of(inez).get(f"/marac/meetings/{held.pk}/room/"))
    take(held, "close", hal)
    take(held, "issue", hal, checked="on")
    copies = {row.agency: str(row.said["others"]) for row in MinutesCopy.objects.filter(meeting=held)}
    assert "To be disclosed." in copies[None] and "disclosed" not in copies[housing]


def test_what_takes_no_slot_moves_no_case_to_a_later_time(
    forum: Forum, emergency: EmergencyCall, hal: User, inez: User
) -> None:
    held = meeting_of(forum, hal, chair=inez)
    put_on(held, "emergency", [emergency], hal, timezone.now())
    put_on(held, "referral", [referral(forum, hal, victim="Ann Bell")], hal, timezone.now())
    room = room_of(held, hal, None, True)
    assert [line.at for line in room.cases] == [held.starts_at, held.starts_at]
    assert room.ends_at == held.starts_at + timedelta(minutes=room.terms.slot_minutes)
