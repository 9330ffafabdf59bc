"""Paper for the room, who is here to speak for her, when an action is due of which no day is said, and a forum in writing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Access
from marac.models import Hearing, Meeting
from marac.services.due import action_due
from safeguarding.models import Agency
from tests.cast import client_of, shut_out, take, text_of
from tests.marac.room import (
    agreed,
    called,
    forum_with,
    here,
    line,
    meeting_of,
    referral_of,
    referred,
    researched,
    sitting,
    summed_up,
)
from workflow.models import Refused


@pytest.fixture
def repeat(hal: User, inez: User, tess: User, housing: Agency, advisers: Agency) -> Hearing:
    """A repeat that is being heard: the advisers released one line and kept one; housing had an action last time."""
    forum = forum_with(hal, housing, advisers)
    first = sitting(meeting_of(forum, hal, chair=inez), hal)
    before = called(referred(first, hal, to=(housing,)), hal)
    agreed(before, hal, housing, "Change the locks")
    take(summed_up(before, housing), "finish", hal, outcome="actions")
    second = sitting(meeting_of(forum, hal, chair=inez), hal)
    hearing = called(referred(second, hal, repeat_of=before.referral, to=(housing, advisers)), hal)
    returned = researched(hearing.item, advisers, tess, ("fact", "Safe to ring at work."))
    line(returned, tess, "fact", "Her sister hides her passport.")
    return hearing


def paper(hearing: Hearing) -> str:
    return f"/marac/items/{hearing.item_id}/paper/"


def test_the_paper_has_the_case_with_the_last_plan_and_nothing_unreleased(
    repeat: Hearing, hal: User, cleo: User, tess: User
) -> None:
    for who in (hal, cleo):
        page = text_of(client_of(who).get(paper(repeat)))
        assert "Castell" in page and "Safe to ring at work." in page and "passport" not in page
        assert "Change the locks" in page, "housing took it on itself"
    assert "Change the locks" not in text_of(client_of(tess).get(paper(repeat)))
    kept = Access.objects.filter(by=cleo, kind=Access.Kind.PRINT).latest("pk")
    assert kept.chain == repeat.case_id and kept.operation == "disclosure"


def test_whoever_does_not_hear_the_case_gets_no_paper_of_it(
    repeat: Hearing, hal: User, inez: User, moira: User, ellen: User, stranger: User
) -> None:
    shut_out(repeat.case, inez, hal)
    for who in (inez, moira, ellen, stranger):
        assert client_of(who).get(paper(repeat)).status_code == 404, who
    assert client_of(hal).get("/marac/items/99999/paper/").status_code == 404


def test_the_room_says_whether_an_adviser_is_here_to_speak_for_her(
    repeat: Hearing, hal: User, advisers: Agency
) -> None:
    room, browser = repeat.get_absolute_url(), client_of(hal)
    assert "No independent adviser is here" in text_of(browser.get(room))
    here(repeat.item.meeting, advisers, "Tess Arkwright", hal)
    assert "Here to speak for her: Tess Arkwright, Easterby advisers" in text_of(browser.get(room))


def test_an_action_of_which_no_day_is_said_is_due_by_the_rules_of_the_forum(
    repeat: Hearing, hal: User, housing: Agency
) -> None:
    at = timezone.now()
    usual = agreed(repeat, hal, housing, "Ring her landlord", due="")
    assert abs(usual.due_at - action_due(repeat.referral.forum, at, at_once=False)) < timedelta(minutes=1)
    tonight = agreed(repeat, hal, housing, "Fit a camera", due="", at_once="on")
    assert timedelta(hours=23) < tonight.due_at - at <= timedelta(hours=25)


def test_the_agenda_has_the_last_plan_beside_a_repeat_for_whoever_may_know_it(
    repeat: Hearing, hal: User, cleo: User, tess: User
) -> None:
    address = repeat.item.meeting.get_absolute_url()
    for who in (hal, cleo):
        assert "The last plan: 1 action" in text_of(client_of(who).get(address))
    assert "last plan" not in text_of(client_of(tess).get(address))


def test_a_forum_in_writing_has_the_same_outputs_once_its_closing_time_has_passed(
    hal: User, inez: User, housing: Agency, advisers: Agency
) -> None:
    """Nobody sits, so no promise is read; agencies may write until it closes."""
    forum = forum_with(hal, housing, advisers, kind="written")
    held = meeting_of(forum, hal, chair=inez, starts_at=timezone.now() + timedelta(hours=2))
    take(held, "open", hal, chair="")
    assert "Record that the promise was read" not in text_of(client_of(hal).get(f"/marac/meetings/{held.pk}/room/"))
    hearing = called(referred(held, hal, to=(housing,)), hal)
    agreed(hearing, hal, housing, "Change the locks")
    take(summed_up(hearing, housing), "finish", hal, outcome="actions")
    assert referral_of(hearing.item).state == "heard"
    with pytest.raises(Refused, match="may write until"):
        take(held, "close", hal)
    Meeting.objects.filter(pk=held.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    take(Meeting.objects.get(pk=held.pk), "close", hal)
    take(Meeting.objects.get(pk=held.pk), "issue", hal, checked="on")
    assert Meeting.objects.get(pk=held.pk).state == "minuted"
