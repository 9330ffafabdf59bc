"""An emergency meeting: called from a referral, held within a day, the agencies named see the case at once (D.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from marac.models import EmergencyCall, Forum, Referral
from safeguarding.models import Agency
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, person, take, text_of
from tests.marac.followed import forum_of, local, on_it, referred, taken_on
from workflow.models import Deadline, Refused

WHY = "He was released this morning and has said where he is going."


@pytest.fixture
def forum(hal: User) -> Forum:
    return forum_of(hal)


@pytest.fixture
def referral(forum: Forum, hal: User, hannahs_case: Case) -> Referral:
    return referred(forum, hal, hannahs_case)


def called(referral: Referral, by: User, *agencies: Agency) -> EmergencyCall:
    said = {
        "why": WHY, "how": "Telephone conference 4", "agencies": [agency.pk for agency in agencies],
        "starts_at": local(timezone.now() + timedelta(hours=3)),
    }  # fmt: skip
    made: EmergencyCall = take(EmergencyCall(case=referral.case, referral=referral), "call", by, **said)
    return made


def sees(who: User, referral: Referral) -> bool:
    return bool(Case.objects.filter(pk=referral.case_id).visible_to(who).exists())


def test_it_is_an_urgent_meeting_with_one_case_that_the_agencies_named_see_at_once(
    referral: Referral, hal: User, housing: Agency, advisers: Agency, cleo: User, tess: User
) -> None:
    on_it(referral, hal, "child", "Ada Reeve")
    call = called(referral, hal, housing)
    item = call.meeting.items.get()
    assert (call.meeting.urgent, call.meeting.state) == (True, "published")
    assert (item.subject, item.part) == (referral, "2children")
    assert (sees(cleo, referral), sees(tess, referral)) == (True, False)
    action = taken_on(referral, housing, hal, call.meeting, at_once="yes")
    page = text_of(client_of(cleo).get(call.get_absolute_url()))
    assert action.what in page and "Easterby housing" in page
    assert client_of(tess).get(call.get_absolute_url()).status_code == 404


def test_an_agency_without_an_agreement_that_counts_is_named_and_sees_nothing(
    referral: Referral, hal: User, housing: Agency, cleo: User
) -> None:
    """R-35."""
    take(housing.agreements.get(), "end", hal)
    call = called(referral, hal, housing)
    assert not sees(cleo, referral)
    assert "Ring them" in text_of(client_of(hal).get(call.get_absolute_url()))


def test_the_coordinator_and_the_chair_hear_when_it_is_not_held_within_a_day(
    referral: Referral, hal: User, inez: User, housing: Agency
) -> None:
    called(referral, hal, housing)
    clock = Deadline.objects.get(policy="emergency-held")
    assert clock.due_at - clock.started_at == timedelta(hours=24)
    sweep(clock.due_at + timedelta(hours=2))
    assert set(Notice.objects.filter(deadline=clock).values_list("person", flat=True)) == {hal.pk, inez.pk}


def test_once_held_it_stops_its_clock_and_waits_to_be_noted_on_the_next_agenda(
    referral: Referral, forum: Forum, hal: User, housing: Agency
) -> None:
    call = called(referral, hal, housing)
    with pytest.raises(Refused, match="called already"):
        called(referral, hal, housing)
    held = take(call, "hold", hal, held_at=local(timezone.now()), came_of_it="Three actions, she is at a refuge.")
    assert list(EmergencyCall.objects.all().to_note(forum)) == [held]
    assert Deadline.objects.get(policy="emergency-held").stopped_at == held.held_at
    assert Deadline.objects.open().filter(policy="emergency-noted").exists()
    take(held, "note", hal)
    assert not EmergencyCall.objects.all().to_note(forum).exists()
    assert not Deadline.objects.open().filter(policy="emergency-noted").exists()


def test_a_specialist_calls_one_from_the_page_of_the_referral_and_nobody_calls_one_for_a_draft(
    referral: Referral, forum: Forum, hal: User, housing: Agency, cleo: User, stranger: User
) -> None:
    gwen = person("", "6001", "Gwen Hale", ("da_specialist", forum.unit))
    referral.case.unit_grants.update_or_create(unit=forum.unit)
    address = f"/marac/referrals/{referral.pk}/emergency/"
    page = text_of(client_of(gwen).get(address))
    assert "Why can it not wait" in page and "Easterby housing" in page
    assert [client_of(who).get(address).status_code for who in (cleo, stranger)] == [404, 404]
    draft = referred(forum, hal, submitted_at=None, state="drafted")
    with pytest.raises(Refused, match="Send the referral first"):
        called(draft, hal, housing)


def test_calling_it_off_says_what_keeps_her_safe_instead(referral: Referral, hal: User, housing: Agency) -> None:
    call = called(referral, hal, housing)
    with pytest.raises(Refused):
        take(call, "call-off", hal, reason="")
    take(call, "call-off", hal, reason="He was arrested at noon and is kept in custody.")
    assert not Deadline.objects.open().filter(policy="emergency-held").exists()


def test_an_agency_that_owes_something_sees_no_shorter_for_being_asked_to_an_emergency_meeting(
    referral: Referral, hal: User, housing: Agency, cleo: User
) -> None:
    taken_on(referral, housing, hal)
    called(referral, hal, housing)
    assert referral.case.unit_grants.get(unit=housing.unit).until is None and sees(cleo, referral)
