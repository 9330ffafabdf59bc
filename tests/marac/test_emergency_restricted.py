"""An emergency meeting of a restricted case: called by whoever sees the danger, agencies let in by the chair alone (D.5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from marac.models import AgendaItem, EmergencyCall, Forum, Meeting, Referral
from safeguarding.models import Agency
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, take, text_of
from tests.marac.followed import local
from tests.marac.made import forum_of, referral
from workflow.models import Deadline


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


@pytest.fixture
def restricted(forum: Forum, hal: User, inez: User) -> Referral:
    one = referral(forum, hal)
    take(one.case, "restrict", hal, reason="His brother works for the council.")
    return Referral.objects.get(pk=one.pk)


def called(one: Referral, by: User, *agencies: Agency) -> EmergencyCall:
    said = {
        "why": "He was released this morning.", "how": "Telephone conference 4", "agencies": [row.pk for row in agencies],
        "starts_at": local(timezone.now() + timedelta(hours=3)),
    }  # fmt: skip
    made: EmergencyCall = take(EmergencyCall(case=one.case, referral=one), "call", by, **said)
    return made


def sees(user: User, one: Referral) -> bool:
    return bool(Case.objects.visible_to(user).filter(pk=one.case_id).exists())


def test_a_coordinator_calls_it_at_once_and_lets_nobody_in_and_the_chair_is_asked_within_the_hour(
    restricted: Referral, hal: User, inez: User, housing: Agency, cleo: User
) -> None:
    call = called(restricted, hal, housing)
    assert call.state == "called" and not sees(cleo, restricted)
    assert not call.meeting.copies.exists(), "nor is anything sent"
    clock = Deadline.objects.open().get(policy="emergency-agencies")
    assert clock.due_at - clock.started_at == timedelta(hours=1)
    sweep(timezone.now())
    assert set(Notice.objects.filter(deadline=clock).values_list("person", flat=True)) == {inez.pk}
    page = text_of(client_of(inez).get(call.get_absolute_url()))
    assert "the chair names which agencies see it" in page and "Easterby housing" in page, "who was asked for is kept"


def test_the_chair_names_them_on_the_agenda_and_is_asked_no_more(
    restricted: Referral, hal: User, inez: User, housing: Agency, cleo: User
) -> None:
    call = called(restricted, hal, housing)
    meeting = Meeting.objects.get(pk=call.meeting_id)
    item = AgendaItem.objects.standing().get(meeting=meeting)
    take(meeting, "admit", inez, item=item.pk, who=f"agency-{housing.pk}", reason="It can move her tonight.")
    assert sees(cleo, restricted)
    assert not Deadline.objects.open().filter(policy="emergency-agencies").exists()


def test_a_chair_who_calls_it_names_them_by_that(
    restricted: Referral, inez: User, housing: Agency, cleo: User, tess: User
) -> None:
    called(restricted, inez, housing)
    assert sees(cleo, restricted) and not sees(tess, restricted)
    assert not Deadline.objects.open().filter(policy="emergency-agencies").exists()


def test_of_a_case_that_is_not_restricted_the_coordinator_names_them(
    forum: Forum, hal: User, housing: Agency, cleo: User
) -> None:
    one = referral(forum, hal)
    called(one, hal, housing)
    assert sees(cleo, one) and not Deadline.objects.open().filter(policy="emergency-agencies").exists()
