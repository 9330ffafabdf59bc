"""A case at a meeting: called once, timed by the server, finished with an outcome that holds, put off once at most (R-33)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from marac.models import Hearing, Meeting, Outcome, Referral
from marac.services.repeat import months_after
from safeguarding.models import Agency
from tests.cast import take
from tests.marac.room import agreed, called, forum_with, here, meeting_of, referral_of, referred, sitting, summed_up
from workflow import engine
from workflow.models import Refusal, Refused


def test_a_case_is_called_once_and_not_before_the_promise_was_read(hal: User, inez: User, housing: Agency) -> None:
    meeting = meeting_of(forum_with(hal, housing), hal, chair=inez)
    item = referred(meeting, hal)
    take(meeting, "open", hal, chair="")
    with pytest.raises(Refused, match="promise"):
        called(item, hal)
    take(Meeting.objects.get(pk=meeting.pk), "promise", hal, read="on")
    hearing = called(item, hal)
    assert hearing.state == "hearing" and hearing.began_at == hearing.running_since
    with pytest.raises(Refused, match="called already"):
        called(item, hal)


def test_the_timer_counts_what_the_server_saw_and_never_ends_a_case(hal: User, inez: User, housing: Agency) -> None:
    meeting = sitting(meeting_of(forum_with(hal, housing), hal, chair=inez), hal)
    hearing = called(referred(meeting, hal), hal)
    start = hearing.began_at
    assert start is not None and hearing.used(start + timedelta(hours=3)) == 3 * 3600
    engine.perform(hearing, "pause", by=hal, seen=hearing.version, at=start + timedelta(minutes=7))
    hearing.refresh_from_db()
    assert hearing.seconds == 420 and hearing.used(start + timedelta(hours=3)) == 420
    engine.perform(hearing, "resume", by=inez, seen=hearing.version, at=start + timedelta(minutes=10))
    hearing.refresh_from_db()
    assert hearing.used(start + timedelta(minutes=12)) == 540 and hearing.state == "hearing"


def test_actions_agreed_needs_the_harm_an_action_and_who_tells_her(hal: User, inez: User, housing: Agency) -> None:
    meeting = sitting(meeting_of(forum_with(hal, housing), hal, chair=inez), hal)
    hearing, osei = called(referred(meeting, hal), hal), here(meeting, housing, "Mr Osei", hal)
    with pytest.raises(Refused) as refusal:
        take(hearing, "finish", hal, outcome="actions")
    for lacking in ("harm to whom", "No action is agreed", "who tells her", "where she is told", "by which day"):
        assert lacking in refusal.value.sentence
    agreed(hearing, hal, osei, "Put the tenancy in her name")
    take(summed_up(hearing, housing), "finish", hal, outcome="actions")
    hearing.refresh_from_db()
    referral = Referral.objects.get(pk=hearing.referral_id)
    assert (hearing.state, hearing.outcome, referral.state) == ("heard", Outcome.ACTIONS, "heard")
    assert hearing.running_since is None and hearing.ended_at is not None


def test_every_agency_flags_for_twelve_calendar_months_from_the_day_of_the_meeting(
    hal: User, inez: User, housing: Agency
) -> None:
    meeting = sitting(meeting_of(forum_with(hal, housing), hal, chair=inez), hal)
    hearing = called(referred(meeting, hal), hal)
    agreed(hearing, hal, housing, "Change the locks")
    done = take(summed_up(hearing, housing), "finish", hal, outcome="actions")
    until = months_after(timezone.localdate(meeting.starts_at), 12)
    assert done.flag_until == until == Referral.objects.get(pk=hearing.referral_id).flag_until


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2024, 2, 29), date(2025, 2, 28)), (date(2024, 1, 10), date(2025, 1, 10)), (date(2023, 3, 1), date(2024, 3, 1)),
        (date(2023, 12, 31), date(2024, 12, 31)),
    ],
)  # fmt: skip
def test_twelve_months_are_calendar_months_whatever_the_year_holds(on: date, until: date) -> None:
    assert months_after(on, 12) == until


def test_the_chair_says_why_where_there_is_not_enough_risk(hal: User, inez: User, housing: Agency) -> None:
    meeting = sitting(meeting_of(forum_with(hal, housing), hal, chair=inez), hal)
    hearing = called(referred(meeting, hal), hal)
    with pytest.raises(Refused) as refusal:
        take(hearing, "finish", inez, outcome="no_forum")
    assert refusal.value.kind is Refusal.FORM
    done = take(
        hearing, "finish", inez, outcome="no_forum", because="The count was of another man; nothing of him is left."
    )
    assert done.outcome == Outcome.NO_FORUM and Referral.objects.get(pk=hearing.referral_id).state == "heard"


@pytest.mark.rule("R-33")
def test_a_case_is_put_off_once_and_only_where_the_referrer_is_absent_without_a_brief(
    hal: User, inez: User, housing: Agency
) -> None:
    forum = forum_with(hal, housing)
    first = sitting(meeting_of(forum, hal, chair=inez), hal)
    hearing = called(referred(first, hal), hal)
    why = "PC Marsh is in court and sent nothing."
    with pytest.raises(Refused) as refusal:
        take(hearing, "finish", hal, outcome="deferred", because=why)
    assert "absent" in refusal.value.errors.errors
    take(hearing, "finish", hal, outcome="deferred", because=why, absent="on")
    referral = referral_of(hearing.item)
    assert referral.state == "accepted" and referral.flag_until is None
    second = sitting(meeting_of(forum, hal, chair=inez), hal)
    Referral.objects.filter(pk=referral.pk).update(**{"state": "listed"})
    item = hearing.item
    item.pk, item.meeting = None, second
    item.save()
    again = called(item, hal)
    with pytest.raises(Refused, match="put off before"):
        take(again, "finish", hal, outcome="deferred", because=why, absent="on")


def test_a_meeting_closes_only_when_every_case_has_an_outcome(hal: User, inez: User, housing: Agency) -> None:
    meeting = sitting(meeting_of(forum_with(hal, housing), hal, chair=inez), hal)
    item = referred(meeting, hal)
    with pytest.raises(Refused) as refusal:
        take(meeting, "close", inez)
    assert item.case and item.case.reference in refusal.value.sentence
    take(called(item, hal), "finish", hal, outcome="no_forum", because="Nothing of it was so after all.")
    take(meeting, "close", inez)
    assert Meeting.objects.get(pk=meeting.pk).state == "held"


def test_neither_partners_nor_officers_run_a_meeting(
    hal: User, inez: User, housing: Agency, cleo: User, ellen: User
) -> None:
    meeting = sitting(meeting_of(forum_with(hal, housing), hal, chair=inez), hal)
    hearing = called(referred(meeting, hal, to=(housing,)), hal)
    for who in (cleo, ellen):
        for subject, step in ((meeting, "close"), (hearing, "pause"), (hearing, "finish")):
            with pytest.raises(Refused):
                engine.perform(type(subject).objects.get(pk=subject.pk), step, by=who, seen=subject.version)
    assert Hearing.objects.get(pk=hearing.pk).state == "hearing"
