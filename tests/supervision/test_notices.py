"""Notices on the page and by mail: once, neutral, and passed through the question of who may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.models import Case
from supervision import panels, services
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, shut_out
from tests.supervision.conftest import owe
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def notice(now: Any, teams_case: Case, priya: User) -> Notice:
    """Priya is told that something on the team's case was due an hour ago."""
    User.objects.filter(pk=priya.pk).update(email="priya.nair@northshire.invalid")
    owe(teams_case, now - HOUR, policy="high-owner")
    sweep(now)
    return Notice.objects.get(person=priya)


def test_a_notice_is_mailed_once_with_its_own_message_id(notice: Notice, now: Any) -> None:
    assert services.send_notices(now) == 1
    assert services.send_notices(now + HOUR) == 0
    [sent] = mail.outbox
    assert sent.to == ["priya.nair@northshire.invalid"]
    assert sent.message()["Message-ID"] == notice.message_id


def test_the_mail_holds_no_personal_data(notice: Notice, now: Any, teams_case: Case) -> None:
    services.send_notices(now)
    [sent] = mail.outbox
    said = f"{sent.subject}\n{sent.body}"
    assert teams_case.reference in sent.body
    for word in ("Hannah", "Okoro", "Priya", "Nair", "Marsh", "High", "DASH", "owner", "arrest", "Clare"):
        assert word.lower() not in said.lower()


def test_somebody_without_an_address_is_told_in_the_app_alone(notice: Notice, now: Any, priya: User) -> None:
    User.objects.filter(pk=priya.pk).update(email="")
    assert services.send_notices(now) == 0
    assert panels.unread(priya) == 1


class Broken(EmailBackend):
    """A mail server that refuses."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


def test_a_mail_that_fails_is_tried_again_later_with_the_same_message_id(
    notice: Notice, now: Any, monkeypatch: Any
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(services, "get_connection", Broken)
        assert services.send_notices(now) == 0
        assert services.send_notices(now) == 0, "not at once"
    assert services.send_notices(now + timedelta(minutes=2)) == 1
    assert mail.outbox[0].message()["Message-ID"] == notice.message_id
    notice.refresh_from_db()
    assert notice.mail_failures == 1


def test_a_crash_between_sending_and_marking_sends_it_again_with_the_same_message_id(
    notice: Notice, now: Any, monkeypatch: Any
) -> None:
    class Killed(BaseException):
        pass

    def die(*args: Any, **rest: Any) -> None:
        raise Killed

    with monkeypatch.context() as killed, pytest.raises(Killed):
        killed.setattr(Notice, "save", die)
        services.send_notices(now)
    assert services.send_notices(now) == 1
    assert [sent.message()["Message-ID"] for sent in mail.outbox] == [notice.message_id] * 2


def test_the_page_lists_ones_own_notices_and_opening_one_marks_it_read(
    notice: Notice, teams_case: Case, priya: User, ellen: User
) -> None:
    client = client_of(priya)
    page = client.get("/notices/").content.decode()
    assert teams_case.reference in page and "Name an owner" in page
    assert client.get(f"/notices/{notice.pk}/").url == f"/work/case/{teams_case.pk}/hold/"
    assert panels.unread(priya) == 0
    assert teams_case.reference not in client_of(ellen).get("/notices/").content.decode()
    assert client_of(ellen).get(f"/notices/{notice.pk}/").status_code == 404


def test_reading_all_reads_ones_own_and_no_others(notice: Notice, priya: User, ellen: User) -> None:
    assert client_of(ellen).post("/notices/read/").status_code == 302
    assert panels.unread(priya) == 1
    client_of(priya).post("/notices/read/")
    assert panels.unread(priya) == 0


def test_who_is_shut_out_afterwards_sees_no_reference_and_cannot_open_it(
    notice: Notice, teams_case: Case, priya: User, ruth: User
) -> None:
    shut_out(teams_case, priya, ruth)
    client = client_of(priya)
    page = client.get("/notices/").content.decode()
    assert teams_case.reference not in page and "Name an owner" not in page
    assert client.get(f"/notices/{notice.pk}/").status_code == 404


def test_a_done_deadlines_notice_opens_the_case(notice: Notice, now: Any, teams_case: Case, priya: User) -> None:
    Deadline.objects.filter(pk=notice.deadline_id).update(stopped_at=now)
    assert client_of(priya).get(f"/notices/{notice.pk}/").url == f"/cases/{teams_case.reference}/"


def test_the_page_is_paged_and_costs_the_same_however_many(notice: Notice, priya: User) -> None:
    client = client_of(priya)

    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    few = cost("/notices/")
    kept = {
        name: getattr(notice, name) for name in ("deadline_id", "person_id", "role", "due_at", "text", "created_at")
    }
    Notice.objects.bulk_create([Notice(**kept, rung=n + 10) for n in range(60)])
    assert cost("/notices/") == few <= 10
    page = client.get("/notices/")
    assert len(page.context["lines"]) == 25
    older = client.get("/notices/" + page.context["older"])
    assert {line.pk for line in older.context["lines"]}.isdisjoint({line.pk for line in page.context["lines"]})
    for nonsense in ("x", "-1", "%00", "9" * 30):
        assert client.get("/notices/", {"before": nonsense}).status_code == 200


def test_the_counter_is_one_query(notice: Notice, priya: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert panels.unread(priya) == 1


def test_nobody_reads_notices_without_signing_in(nobody: Any, notice: Notice) -> None:
    for url in ("/notices/", f"/notices/{notice.pk}/"):
        assert nobody.get(url).status_code == 302
