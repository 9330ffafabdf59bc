"""The room: kept by its chair and coordinator, fresh for everybody, silent about a case that is not yours to hear."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from marac.models import AgendaItem, Attendance, ForumAction, Hearing, Meeting, Shared
from marac.models.planning import ACTION, CASE
from marac.services.agenda import put_on
from marac.services.room import room_of
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
)


@pytest.fixture
def meeting(hal: User, inez: User, housing: Agency, advisers: Agency, social_care: Agency) -> Meeting:
    """Easterby MARAC, sitting; three agencies sit in it."""
    return sitting(meeting_of(forum_with(hal, housing, advisers, social_care), hal, chair=inez), hal)


@pytest.fixture
def hearing(meeting: Meeting, hal: User, housing: Agency, advisers: Agency) -> Hearing:
    """A case being heard, given to housing and the advisers."""
    return called(referred(meeting, hal, children=2, to=(housing, advisers)), hal)


def room(meeting: Meeting, item: AgendaItem | None = None) -> str:
    return f"/marac/meetings/{meeting.pk}/room/" + (f"?item={item.pk}" if item else "")


def fresh(browser: Client, meeting: Meeting, tag: str = "") -> Any:
    return browser.get(f"/marac/meetings/{meeting.pk}/room/fresh/", headers={"If-None-Match": tag} if tag else {})


def owner(meeting: Meeting, agency: Agency, hal: User) -> str:
    return f"here-{here(meeting, agency, 'Mr Osei', hal).pk}"


def action_said(choice: str, what: str = "Put the tenancy in her name") -> dict[str, str]:
    due = timezone.localdate() + timedelta(days=5)
    day = {"due_day": str(due.day), "due_month": str(due.month), "due_year": str(due.year)}
    return {"what": what, "owner": choice, "answers": "He returns to a joint home", "type": "", **day}


def test_whoever_keeps_the_room_writes_and_an_agency_looks_on(hearing: Hearing, hal: User, cleo: User) -> None:
    meeting = hearing.item.meeting
    kept, seen = (text_of(client_of(one).get(room(meeting))) for one in (hal, cleo))
    for words in ("Amira Castell", "Children: 2", "Promise read", "Risk, as the chair sums it up"):
        assert words in kept and words in seen
    assert "Add action" in kept and "Finish case 1" in kept and "Pause" in kept
    assert "Add action" not in seen and "Finish case" not in seen and "Pause" not in seen


def test_a_case_called_before_the_promise_is_read_brings_one_back_to_the_room_with_the_reason(
    hal: User, inez: User, housing: Agency
) -> None:
    meeting = meeting_of(forum_with(hal, housing), hal, chair=inez)
    item = referred(meeting, hal, to=(housing,))
    take(Meeting.objects.get(pk=meeting.pk), "open", hal, chair="")
    answer = client_of(hal).post(f"/marac/items/{item.pk}/call/")
    page = text_of(answer)
    assert answer.status_code == 422 and not Hearing.objects.exists()
    assert "The promise of confidentiality has not been read" in page and "Record that the promise was read" in page


def test_a_meeting_that_cannot_be_closed_yet_says_why_and_leads_back_to_it(hearing: Hearing, hal: User) -> None:
    meeting = hearing.item.meeting
    page = text_of(client_of(hal).get(f"/work/meeting/{meeting.pk}/close/"))
    assert "Without an outcome" in page and f'href="{meeting.get_absolute_url()}">Go back' in page
    assert "Go to My work" not in page


def test_neither_officers_nor_a_partner_of_another_forum_find_the_room(
    hearing: Hearing, ellen: User, stranger: User
) -> None:
    for who in (ellen, stranger):
        browser = client_of(who)
        for path in (room(hearing.item.meeting), f"/marac/meetings/{hearing.item.meeting_id}/room/fresh/"):
            assert browser.get(path).status_code == 404


def test_who_has_a_conflict_of_interest_reads_neither_names_nor_details(
    hearing: Hearing, hal: User, cleo: User, housing: Agency
) -> None:
    agreed(hearing, hal, here(hearing.item.meeting, housing, "Mr Osei", hal), "Put the tenancy in her name")
    assert hearing.item.case
    shut_out(hearing.item.case, cleo, hal)
    browser, meeting = client_of(cleo), hearing.item.meeting
    for answer in (browser.get(room(meeting)), browser.get(room(meeting, hearing.item)), fresh(browser, meeting)):
        said = text_of(answer)
        assert answer.status_code == 200 and "Not yours to hear" in said
        for hidden in ("Amira", "Castell", "tenancy", "Hands to her neck", hearing.item.case.reference):
            assert hidden not in said
    assert "Amira Castell" in text_of(client_of(hal).get(room(meeting)))


def test_an_agency_that_was_not_given_a_case_reads_nothing_of_it(hearing: Hearing, moira: User) -> None:
    said = text_of(client_of(moira).get(room(hearing.item.meeting)))
    assert "Not yours to hear" in said and "Castell" not in said


def test_an_incomplete_action_stands_in_the_list_by_name_and_takes_no_turn(
    hearing: Hearing, hal: User, moira: User, housing: Agency
) -> None:
    """Not as a case: nobody calls it, and an action whose number is that of a referral is not taken for one."""
    meeting = hearing.item.meeting
    left = agreed(hearing, hal, housing, "Change the locks")
    put_on(meeting, ACTION, [left], hal, timezone.now())
    lines = {line.item.kind: line for line in room_of(meeting, hal, None, True).cases}
    assert (lines[ACTION].number, lines[ACTION].referral, lines[CASE].number) == (None, None, 1)
    assert lines[CASE].at == meeting.starts_at
    said = text_of(client_of(hal).get(room(meeting)))
    assert "Easterby housing: Housing" in said and "1 case, 12 minutes" in said
    assert "Easterby housing: Housing" not in text_of(client_of(moira).get(room(meeting)))


def test_what_agencies_know_is_what_they_released_and_said_and_no_more(
    hearing: Hearing, hal: User, cleo: User, tess: User, housing: Agency, advisers: Agency
) -> None:
    research = researched(
        hearing.item, advisers, tess, ("fact", "Safe to ring at work."), ("opinion", "She will leave.")
    )
    line(research, tess, "fact", "Her sister hides her passport.")
    line(research, tess, "fact", "Her counsellor is Dr Penn.", held_because="third party")
    researched(hearing.item, housing, cleo, state="asked")
    for who in (hal, cleo):
        for answer in (client_of(who).get(room(hearing.item.meeting)), fresh(client_of(who), hearing.item.meeting)):
            said = text_of(answer)
            assert "Safe to ring at work." in said and "She will leave." in said and "Not returned" in said
            assert "1 item held but not shared: third party" in said
            assert "passport" not in said and "Penn" not in said


def test_a_nil_return_is_an_answer(hearing: Hearing, hal: User, cleo: User, housing: Agency) -> None:
    researched(hearing.item, housing, cleo, state="nil")
    said = text_of(client_of(hal).get(room(hearing.item.meeting)))
    assert "Nil return" in said and "Not returned" not in said and "register of tenants" not in said


def test_the_room_answers_304_until_something_changes(hearing: Hearing, hal: User, inez: User, housing: Agency) -> None:
    browser, meeting = client_of(inez), hearing.item.meeting
    tag = fresh(browser, meeting)["ETag"]
    again = fresh(browser, meeting, tag)
    assert again.status_code == 304 and again.content == b""
    agreed(hearing, hal, housing, "Change the locks")
    changed = fresh(browser, meeting, tag)
    assert changed.status_code == 200 and changed["ETag"] != tag and "Change the locks" in text_of(changed)
    assert "csrfmiddlewaretoken" not in text_of(changed)


def test_two_people_who_add_at_once_both_stand(hearing: Hearing, hal: User, inez: User, housing: Agency) -> None:
    meeting = hearing.item.meeting
    choice = owner(meeting, housing, hal)
    path = f"/marac/hearings/{hearing.pk}/actions/"
    one, other = client_of(hal), client_of(inez)
    one.get(room(meeting)), other.get(room(meeting))
    assert one.post(path, action_said(choice)).status_code == 302
    assert other.post(path, action_said(choice, "Visit the brother with a warning")).status_code == 302
    assert ForumAction.objects.filter(referral=hearing.referral).count() == 2


def test_an_owner_who_is_not_here_is_rung_today_and_never_called_a_volunteer(
    hearing: Hearing, hal: User, housing: Agency
) -> None:
    path = f"/marac/hearings/{hearing.pk}/actions/"
    client_of(hal).post(path, action_said(f"away-{housing.pk}"))
    action = ForumAction.objects.get(referral=hearing.referral)
    assert not action.volunteered and action.type == "housing"
    assert "Not here: ring today" in text_of(client_of(hal).get(room(hearing.item.meeting)))


def test_a_wrong_action_keeps_what_was_typed_and_says_what_is_wrong(
    hearing: Hearing, hal: User, housing: Agency
) -> None:
    said = action_said(f"away-{housing.pk}", "Visit the brother") | {"answers": ""}
    answer = client_of(hal).post(f"/marac/hearings/{hearing.pk}/actions/", said)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Say which risk it answers" in page and "Visit the brother" in page


def test_risks_without_an_action_are_named(hearing: Hearing, hal: User, housing: Agency) -> None:
    browser = client_of(hal)
    said = {"risks": "His brother\nHer bank card", "seen": hearing.version}
    assert browser.post(f"/work/hearing/{hearing.pk}/sections/risks/", said).status_code == 302
    agreed(hearing, hal, housing, "Visit the brother", "his brother")
    page = text_of(browser.get(room(hearing.item.meeting)))
    assert "1 risk has no action yet: Her bank card" in page


def test_two_boxes_written_at_once_are_both_kept_and_the_same_box_shows_both(
    hearing: Hearing, hal: User, inez: User
) -> None:
    path = f"/work/hearing/{hearing.pk}/sections/"
    assert client_of(hal).post(f"{path}harm/", {"harm": "Killing.", "seen": hearing.version}).status_code == 302
    assert client_of(inez).post(f"{path}likely/", {"likely": "Likely.", "seen": hearing.version}).status_code == 302
    clash = client_of(inez).post(f"{path}harm/", {"harm": "Serious injury.", "seen": hearing.version})
    assert clash.status_code == 409
    page = text_of(clash)
    assert "Killing." in page and "Serious injury." in page
    now = Hearing.objects.get(pk=hearing.pk)
    assert (now.harm, now.likely) == ("Killing.", "Likely.")


def test_what_is_said_is_kept_with_whose_it_is(hearing: Hearing, hal: User, advisers: Agency) -> None:
    here(hearing.item.meeting, advisers, "J. Farrow", hal)
    said = {"agency": advisers.pk, "sort": "opinion", "words": "She is afraid of his brother.", "views": ["yes"]}
    assert client_of(hal).post(f"/marac/hearings/{hearing.pk}/share/", said).status_code == 302
    row = Shared.objects.get(referral=hearing.referral)
    assert (row.agency, row.said_by, row.her_views, row.sort) == (advisers, "J. Farrow", True, "opinion")


def test_calling_the_next_case_pauses_the_one_before_and_finishes_nothing(hearing: Hearing, hal: User) -> None:
    other = referred(hearing.item.meeting, hal, "Ola Bright")
    assert client_of(hal).post(f"/marac/items/{other.pk}/call/").status_code == 302
    hearing.refresh_from_db()
    assert hearing.state == "hearing" and hearing.running_since is None
    assert Hearing.objects.get(item=other).running_since is not None
    client_of(hal).post(f"/marac/hearings/{hearing.pk}/timer/")
    assert Hearing.objects.filter(running_since__isnull=False).get().pk == hearing.pk


def test_who_is_here_is_recorded_on_one_page_and_put_right(
    hearing: Hearing, hal: User, cleo: User, housing: Agency
) -> None:
    path, browser = f"/marac/meetings/{hearing.item.meeting_id}/attendance/", client_of(hal)
    key = f"new{housing.pk}"
    said = {f"{key}-name": "Mr Osei", f"{key}-standing": "here", f"{key}-signed": "on"}
    assert browser.post(path, said).status_code == 302
    row = Attendance.objects.get(meeting=hearing.item.meeting)
    assert row.signed_at is not None and row.recorded_by == hal
    gone = {f"row{row.pk}-name": "Mr Osei", f"row{row.pk}-standing": "apology", f"row{row.pk}-sent_word": "on"}
    assert browser.post(path, gone).status_code == 302
    row.refresh_from_db()
    assert (row.standing, row.signed_at, row.sent_word) == ("apology", None, True)
    assert client_of(cleo).get(path).status_code == 404


def test_a_partner_who_presses_what_is_not_theirs_is_refused(hearing: Hearing, cleo: User, housing: Agency) -> None:
    browser = client_of(cleo)
    for path in (
        f"/marac/hearings/{hearing.pk}/actions/",
        f"/marac/hearings/{hearing.pk}/share/",
        f"/marac/hearings/{hearing.pk}/timer/",
    ):
        assert browser.post(path, action_said(f"away-{housing.pk}")).status_code == 404  # the record is the forum's
    assert not ForumAction.objects.exists()


def test_the_room_asks_as_many_questions_for_twelve_cases_as_for_two(
    hearing: Hearing, hal: User, housing: Agency
) -> None:
    browser, meeting = client_of(hal), hearing.item.meeting

    def asked() -> int:
        with CaptureQueriesContext(connection) as few:
            browser.get(room(meeting, hearing.item))
        return len(few)

    referred(meeting, hal, "Ola Bright", to=(housing,))
    asked()
    before = asked()
    for number in range(10):
        referred(meeting, hal, f"Woman {number}", to=(housing,))
        agreed(hearing, hal, housing, f"Action {number}")
    assert asked() == before


def test_the_meeting_is_opened_from_its_room(hal: User, inez: User, housing: Agency) -> None:
    meeting = meeting_of(forum_with(hal, housing), hal, chair=inez)
    page = text_of(client_of(hal).get(room(meeting)))
    assert "Open the meeting" in page and "Nothing is on the agenda" in page
    take(meeting, "open", hal, chair="")
    assert "Record that the promise was read" in text_of(client_of(hal).get(room(meeting)))
