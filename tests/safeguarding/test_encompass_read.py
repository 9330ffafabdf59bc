"""A school reads what waits for it and nothing else; its mailbox is told no word; who hears before the bell; how much is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, Involvement, Task
from safeguarding.models import Encompass, EncompassLetter, LocalAuthority
from safeguarding.services import mailboxes, tell_mailboxes
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, person, take, text_of
from tests.safeguarding import schools
from tests.safeguarding.mia import hillfield as hillfield
from tests.safeguarding.mia import joan as joan
from tests.safeguarding.mia import mia as mia
from tests.safeguarding.mia import notice as notice
from tests.safeguarding.schools import again, runs, send
from workflow import engine, reactions

Browse = Callable[[User | None], Client]


def test_a_school_reads_it_after_signing_in_and_that_is_the_receipt(
    notice: Encompass, ellen: User, joan: User, sign_in: Browse
) -> None:
    letter = send(notice, ellen)
    page = text_of(sign_in(joan).get(letter.get_absolute_url()))
    assert "Mia Okoro" in page and "He hurt mummy." in page and "Do not approach the parents" in page
    take(letter, "read", joan)
    reactions.run_due()
    told = again(notice)
    assert (told.state, told.received_by, told.how) == ("received", "Joan Peel", "here")
    assert not runs("encompass-read") and not runs("encompass-letter-read")


def test_a_school_sees_its_own_letters_and_nothing_else_of_the_police(
    notice: Encompass, ellen: User, hal: User, joan: User, sign_in: Browse
) -> None:
    letter = send(notice, ellen)
    other = schools.school(
        hal, LocalAuthority.objects.get(), "Marsh Lane", agency=schools.recorded(hal, "Marsh Lane", "MARS", "education")
    )
    omar = person("", "", "Omar Dale", ("partner", schools.unit_of(other)))
    assert sign_in(omar).get(letter.get_absolute_url()).status_code == 404
    assert "About a child" not in text_of(sign_in(omar).get("/encompass/letters/"))
    browser = sign_in(joan)
    for path in (notice.get_absolute_url(), f"/work/encompass/{notice.pk}/", f"/cases/{notice.case.reference}/"):
        assert browser.get(path).status_code == 404
    for path in ("/encompass/", "/schools/", "/agencies/"):
        assert browser.get(path).status_code == 403
    found = text_of(browser.get("/encompass/letters/"))
    assert "About a child" in found and "Mia" not in found
    assert "Mia" not in text_of(browser.get("/search/?q=Mia"))


def test_the_police_of_another_case_find_no_notification(
    notice: Encompass, ellen: User, victor: User, stranger: User, sign_in: Browse
) -> None:
    for who in (victor, stranger):
        assert sign_in(who).get(notice.get_absolute_url()).status_code == 404


def test_a_mailbox_is_told_that_something_waits_and_not_a_word_of_what(notice: Encompass, ellen: User) -> None:
    letter = send(notice, ellen)
    assert tell_mailboxes(timezone.now()) == 1 and tell_mailboxes(timezone.now()) == 0
    (sent,) = mail.outbox
    said = f"{sent.subject} {sent.body}"
    assert sent.to == ["dsl@hillfield.example"] and "Sign in to read it" in said
    for secret in ("Mia", "Okoro", "Hannah", "child", "abuse", notice.case.reference, "Hillfield"):
        assert secret not in said
    assert sent.extra_headers["Message-ID"] == letter.message_id


def test_a_mailbox_that_cannot_be_told_is_tried_again_and_then_somebody_is_told_to_ring(
    notice: Encompass, ellen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: Any, **rest: Any) -> Any:
        raise SMTPException("no such mailbox")

    letter = send(notice, ellen)
    monkeypatch.setattr(mailboxes.EmailMessage, "send", refused)
    now = timezone.now()
    for _ in range(4):
        now += timedelta(hours=1)
        assert tell_mailboxes(now) == 0
    letter.refresh_from_db()
    assert letter.mail_at is None and letter.mail_failures == 4
    assert again(notice).failed_at is not None and runs("encompass-read")


def test_read_for_the_first_time_on_the_first_day_back_it_is_not_asked_for_twice(
    notice: Encompass, ellen: User, joan: User
) -> None:
    letter = send(notice, ellen)
    EncompassLetter.objects.filter(pk=letter.pk).update(while_closed=True)
    letter.refresh_from_db()
    engine.perform(letter, "read", by=joan, evidence={}, seen=letter.version, at=letter.bell_at - timedelta(minutes=20))
    letter.refresh_from_db()
    assert letter.seen_again_at is not None and not runs("encompass-first-day")


def test_a_school_that_asks_to_be_rung_is_a_task_of_the_case(notice: Encompass, ellen: User, joan: User) -> None:
    letter = send(notice, ellen)
    take(letter, "ask", joan, reason="Who fetches her today?")
    reactions.run_due()
    assert Task.objects.get(case=notice.case, about_type="safeguarding.encompass").about_id == notice.pk


def test_the_ladder_speaks_before_the_bell_and_ends_with_somebody_who_hears(
    notice: Encompass, ellen: User, priya: User, ruth: User, iris: User
) -> None:
    def heard(at: Any) -> set[User]:
        sweep(at)
        rows = Notice.objects.filter(deadline__policy="encompass-sent")
        return {row.person for row in rows.select_related("person")}

    bell = notice.bell_at
    assert heard(bell - timedelta(hours=11)) == {ellen}
    assert heard(bell - timedelta(hours=1)) == {ellen, priya}
    assert heard(bell - timedelta(minutes=30)) == {ellen, priya, ruth}
    assert heard(bell + timedelta(hours=1)) == {ellen, priya, ruth, iris}


def test_the_school_hears_at_once_and_its_manager_at_the_bell(notice: Encompass, ellen: User, joan: User) -> None:
    manager = person("", "", "Hugh Lane", ("partner_manager", joan.postings.get().unit))
    letter = send(notice, ellen)
    sweep(timezone.now())
    rows = Notice.objects.filter(deadline__policy="encompass-letter-read").select_related("person")
    assert {row.person for row in rows} == {joan}
    assert not any(word in row.text for row in rows for word in ("Mia", "child", notice.case.reference))
    sweep(letter.bell_at)
    assert manager in {row.person for row in rows.all()}


def test_the_list_and_the_panel_ask_as_much_for_thirty_as_for_one(
    notice: Encompass, mia: Involvement, hannahs_incident: Incident, ellen: User, joan: User
) -> None:
    police, school = client_of(ellen), client_of(joan)
    send(notice, ellen)
    asks = (
        (police, "/encompass/"),
        (police, f"/cases/{notice.case.reference}/?panel=encompass"),
        (school, "/encompass/letters/"),
        (police, "/schools/"),
    )

    def asked() -> list[int]:
        counts = []
        for browser, path in asks:
            browser.get(path)
            with CaptureQueriesContext(connection) as few:
                assert browser.get(path).status_code == 200
            counts.append(len(few))
        return counts

    before = asked()
    for number in range(12):
        found = schools.notice_of(schools.child(hannahs_incident, ellen, f"Child Number{number}"))
        send(found, ellen)
    assert asked() == before
