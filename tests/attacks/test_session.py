"""Attempts on the session and the wire: a planted cookie, one that was left behind, a forged host, a path upwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from accounts.models import User
from cases.models import Case
from config.celery import app

SignIn = Callable[[User | None], Client]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def ellen_with_password(ellen: User) -> User:
    ellen.set_password(PASSWORD)
    ellen.save(update_fields=["password"])
    return ellen


def test_a_session_planted_before_sign_in_is_not_the_session_after(ellen_with_password: User) -> None:
    """Whoever set the cookie on the victim's browser does not know the one that sign-in gives."""
    browser = Client()
    browser.get("/sign-in/")
    browser.cookies["sessionid"] = "planted0planted0planted0planted0"
    answer = browser.post("/sign-in/", {"login": "2877", "password": PASSWORD})
    assert answer.status_code == 302
    assert browser.cookies["sessionid"].value != "planted0planted0planted0planted0"
    planted = Client()
    planted.cookies["sessionid"] = "planted0planted0planted0planted0"
    assert planted.get("/").status_code == 302


def test_a_cookie_taken_before_sign_out_opens_nothing_afterwards(
    hannahs_case: Case, ellen: User, sign_in: SignIn
) -> None:
    browser = sign_in(ellen)
    thief = Client()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert thief.get(hannahs_case.get_absolute_url()).status_code == 200
    browser.post("/sign-out/")
    answer = thief.get(hannahs_case.get_absolute_url())
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_a_changed_password_ends_every_other_session(hannahs_case: Case, ellen: User, sign_in: SignIn) -> None:
    browser = sign_in(ellen)
    ellen.set_password(PASSWORD)
    ellen.save(update_fields=["password"])
    assert browser.get(hannahs_case.get_absolute_url()).status_code == 302


def test_the_session_in_the_database_does_not_hold_the_password_or_a_name(
    ellen_with_password: User, hannahs_case: Case
) -> None:
    browser = Client()
    browser.post("/sign-in/", {"login": "2877", "password": PASSWORD})
    browser.get(hannahs_case.get_absolute_url())
    for session in Session.objects.all():
        said = str(session.get_decoded())
        assert PASSWORD not in said
        assert "Marsh" not in said


@pytest.mark.parametrize(
    "onward", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_sign_in_leads_to_no_other_site(ellen_with_password: User, onward: str) -> None:
    answer = Client().post("/sign-in/", {"login": "2877", "password": PASSWORD, "next": onward})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_a_forged_host_is_refused(ellen: User, sign_in: SignIn) -> None:
    """A poisoned host would stand in links of mails and in redirects."""
    with override_settings(ALLOWED_HOSTS=["cases.example"]):
        assert sign_in(ellen).get("/", headers={"host": "evil.example"}).status_code == 400
        assert (
            sign_in(ellen).get("/", headers={"host": "cases.example", "X-Forwarded-Host": "evil.example"}).status_code
            == 200
        )


@pytest.mark.parametrize(
    "path",
    ["/static/../config/settings/service.py", "/static/%2e%2e/manage.py", "/static/..%2fmanage.py", "/static//etc/passwd",
     "/.env", "/.git/config", "/media/", "/static/.digest"],
)  # fmt: skip
def test_no_file_of_the_program_is_served(path: str, ellen: User, sign_in: SignIn) -> None:
    answer = sign_in(ellen).get(path)
    assert answer.status_code == 404
    assert b"SECRET_KEY" not in answer.content


def test_a_task_planted_in_the_broker_cannot_carry_code() -> None:
    """Whoever reaches Redis may wake a task early; a pickled message, which could run anything, is not accepted."""
    assert set(app.conf.accept_content) == {"json"}
    assert app.conf.task_serializer == "json"


def test_two_people_at_one_machine_do_not_inherit_each_others_session(
    hannahs_case: Case, ellen_with_password: User, stranger: User
) -> None:
    """A second sign-in at the same browser begins from nothing."""
    browser = Client()
    browser.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    before = browser.cookies["sessionid"].value
    browser.post("/sign-out/")
    browser.post("/sign-in/", {"login": "2877", "password": PASSWORD})
    assert browser.cookies["sessionid"].value != before
    assert browser.get(hannahs_case.get_absolute_url()).status_code == 200
