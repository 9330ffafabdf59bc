"""Minutes are made by the meeting itself: a copy for each agency with what it may have, never changed, added to by addenda."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.utils import Error
from django.utils import timezone

from accounts.models import User
from marac.models import Hearing, Meeting, MinutesCopy
from reporting import minutes as press
from safeguarding.models import Agency
from tests.cast import client_of, shut_out, take, text_of
from tests.marac.room import (
    agreed,
    called,
    forum_with,
    here,
    line,
    meeting_of,
    referred,
    researched,
    sitting,
    summed_up,
)
from tests.partners import recorded
from workflow.models import Deadline


@pytest.fixture
def held(hal: User, inez: User, tess: User, housing: Agency, advisers: Agency) -> Meeting:
    """A meeting that was closed: two cases, the first given to both agencies, the second to the advisers alone."""
    silent = recorded(hal, "Easterby probation", "EPRO", "probation")  # sits, and has signed nothing
    meeting = sitting(meeting_of(forum_with(hal, housing, advisers, silent), hal, chair=inez), hal)
    osei = here(meeting, housing, "Mr Osei", hal)
    first = called(referred(meeting, hal, to=(housing, advisers)), hal)
    research = researched(first.item, advisers, tess, ("fact", "Safe to ring at work."))
    line(research, tess, "fact", "Her sister hides her passport.")
    line(research, tess, "fact", "Her counsellor is Dr Penn.", held_because="third party")
    agreed(first, hal, osei, "Put the tenancy in her name")
    finish(first, hal, advisers)
    second = called(referred(meeting, hal, "Ola Bright", "Ned Stone", to=(advisers,)), hal)
    agreed(second, hal, advisers, "Weekly call")
    finish(second, hal, advisers)
    take(meeting, "close", inez)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def issued(held: Meeting, hal: User) -> Meeting:
    take(held, "issue", hal, checked="on")
    return Meeting.objects.get(pk=held.pk)


def finish(hearing: Hearing, by: User, tells: Agency) -> None:
    take(summed_up(hearing, tells), "finish", by, outcome="actions")


def copy_of(meeting: Meeting, agency: Agency | None) -> MinutesCopy:
    return MinutesCopy.objects.get(meeting=meeting, agency=agency)


def everything(said: Any) -> str:
    return str(said)


def test_each_recipient_has_a_copy_and_an_agency_without_an_agreement_has_none(
    issued: Meeting, housing: Agency, advisers: Agency
) -> None:
    assert {row.agency for row in MinutesCopy.objects.filter(meeting=issued)} == {None, housing, advisers}
    assert len(copy_of(issued, None).said["cases"]) == len(copy_of(issued, advisers).said["cases"]) == 2
    assert len(copy_of(issued, housing).said["cases"]) == 1


def test_a_copy_says_who_was_there_what_was_said_by_whom_and_what_was_agreed(issued: Meeting, housing: Agency) -> None:
    said = everything(copy_of(issued, housing).said)
    for words in (
        "Easterby MARAC", "Mr Osei", "Amira Castell", "Safe to ring at work.", "Easterby advisers", "Killing by strangulation.",
        "Put the tenancy in her name", "J. Farrow", "Easterby probation", "Not to be copied onward",
    ):  # fmt: skip
        assert words in said


def test_no_copy_holds_what_was_not_released_nor_a_case_that_is_not_its_recipients(
    issued: Meeting, housing: Agency
) -> None:
    for copy in MinutesCopy.objects.filter(meeting=issued):
        assert "passport" not in everything(copy.said) and "Penn" not in everything(copy.said)
    said = everything(copy_of(issued, housing).said)
    assert "Ola" not in said and "Ned Stone" not in said and "Weekly call" not in said


def test_an_agency_reads_its_own_copy_and_no_other(
    issued: Meeting, cleo: User, moira: User, housing: Agency, advisers: Agency
) -> None:
    browser = client_of(cleo)
    assert "Put the tenancy in her name" in text_of(browser.get(copy_of(issued, housing).get_absolute_url()))
    for other in (copy_of(issued, advisers), copy_of(issued, None)):
        assert browser.get(other.get_absolute_url()).status_code == 404
        assert browser.get(other.get_absolute_url() + "paper/").status_code == 404
    assert client_of(moira).get(copy_of(issued, housing).get_absolute_url()).status_code == 404


def test_who_has_a_conflict_of_interest_reads_the_minutes_without_that_case_and_gets_no_paper(
    issued: Meeting, hal: User, tess: User, advisers: Agency
) -> None:
    case = Hearing.objects.filter(item__meeting=issued).order_by("pk")[0].case
    shut_out(case, tess, hal)
    copy, browser = copy_of(issued, advisers), client_of(tess)
    page = text_of(browser.get(copy.get_absolute_url()))
    assert "Castell" not in page and "tenancy" not in page and case.reference not in page and "Ola Bright" in page
    press.make(copy.pk)
    assert browser.get(copy.get_absolute_url() + "paper/").status_code == 422
    paper = client_of(hal).get(copy.get_absolute_url() + "paper/")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")


def test_minutes_that_were_issued_are_never_changed(issued: Meeting, hal: User) -> None:
    copy = copy_of(issued, None)
    for words in ("UPDATE marac_minutescopy SET digest = 'x'", "DELETE FROM marac_minutescopy"):
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            with pytest.raises(Error):
                cursor.execute(words)
            cursor.execute("ROLLBACK TO here")
    Hearing.objects.filter(item__meeting=issued).update(harm="Something else.")
    assert "Killing by strangulation." in text_of(client_of(hal).get(copy.get_absolute_url()))


def test_what_was_wrong_is_said_in_an_addendum_beneath_them(
    issued: Meeting, hal: User, cleo: User, tess: User, housing: Agency, advisers: Agency
) -> None:
    second = Hearing.objects.filter(item__meeting=issued).order_by("pk")[1].item
    press.make(copy_of(issued, housing).pk)
    take(issued, "addendum", hal, item=second.pk, words="Ms Bright lives at her mother’s now.")
    assert "her mother" in text_of(client_of(tess).get(copy_of(issued, advisers).get_absolute_url()))
    assert "her mother" not in text_of(client_of(cleo).get(copy_of(issued, housing).get_absolute_url()))
    assert copy_of(issued, housing).pk in press.lacking() and press.make(copy_of(issued, housing).pk)
    assert not press.make(copy_of(issued, housing).pk)


def test_the_minutes_are_owed_within_three_working_days_of_the_meeting(held: Meeting, hal: User) -> None:
    owed = Deadline.objects.open().get(policy="minutes-issued", subject_id=held.pk)
    assert owed.length == "working-days:3" and owed.due_at > timezone.now()
    take(held, "issue", hal, checked="on")
    assert not Deadline.objects.open().filter(policy="minutes-issued").exists()


def test_who_tells_her_is_owed_within_two_working_days_and_she_is_said_to_be_told(held: Meeting, tess: User) -> None:
    hearing = Hearing.objects.filter(item__meeting=held).order_by("pk")[0]
    owed = Deadline.objects.open().get(policy="victim-told", subject_id=hearing.pk)
    assert owed.length == "working-days:2"
    take(hearing, "told", tess, how="She was glad of the calls and asks for a camera.")
    assert not Deadline.objects.open().filter(pk=owed.pk).exists()
    assert Hearing.objects.get(pk=hearing.pk).told_at is not None
