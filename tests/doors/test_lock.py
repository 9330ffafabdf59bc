"""Fifteen idle minutes lock a session and twelve hours end it; nothing that was typed is lost by either."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident, SafetyWarning
from tests.cast import client_of
from workflow import engine
from workflow.models import Draft

PASSWORD = "a long password of hers"
TYPED = "He pushed past her. She thinks he has a key, and"
HALF = {"account": TYPED, "weapon": "yes", "weapon_what": "", "seen": "1"}


@pytest.fixture
def hers(ellen: User) -> Client:
    """Ellen's browser, in which the session began now; her password is known."""
    ellen.set_password(PASSWORD)
    ellen.save()
    browser = client_of(ellen)
    assert browser.get("/").status_code == 200
    return browser


@pytest.fixture
def page(hannahs_incident: Incident, ellen: User) -> str:
    """The section that she is writing, once the first has been said."""
    said = {"everyone_safe": "yes", "made_safe": "She is at her sister's and he is in custody."}
    engine.amend(hannahs_incident, said, by=ellen, seen=hannahs_incident.version)
    return f"/work/incident/{hannahs_incident.pk}/sections/happened/"


def after(**length: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**length), tick=False)


def next_of(answer: Any) -> str:
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def unlocked(browser: Client, answer: Any, password: str = PASSWORD) -> Any:
    return browser.post("/unlock/", {"password": password, "next": next_of(answer)})


def offered(browser: Client, url: str) -> str:
    answer: Any = browser.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("method", ["get", "post"])
def test_fourteen_minutes_do_not_lock(method: str, hers: Client, page: str) -> None:
    with after(minutes=14):
        answer = getattr(hers, method)(page, HALF if method == "post" else {})
        assert "/unlock/" not in answer.headers.get("Location", "") and answer.status_code < 400


def test_work_every_few_minutes_keeps_the_session_open_for_hours(hers: Client, page: str) -> None:
    began = timezone.now()
    for minutes in range(10, 180, 10):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            assert hers.get(page).status_code == 200, minutes


def test_a_locked_session_is_asked_for_the_password_and_goes_back_to_its_page(hers: Client, page: str) -> None:
    with after(minutes=16):
        answer: Any = hers.get(page)
        assert answer.status_code == 302 and answer["Location"].startswith("/unlock/")
        shown = hers.get(answer["Location"]).content.decode()
        assert "what you typed is kept" in shown and "Hannah" not in shown
        wrong = unlocked(hers, answer, "something else")
        assert wrong.status_code == 422
        assert hers.get(page)["Location"].startswith("/unlock/"), "a wrong password opened the session"
        right = unlocked(hers, answer)
        assert (right.status_code, right["Location"]) == (302, page)
        assert hers.get(page).status_code == 200


def test_what_a_locked_session_was_sending_is_kept_and_offered(
    hers: Client, page: str, hannahs_incident: Incident
) -> None:
    with after(minutes=16):
        answer = hers.post(page, HALF)
        assert answer.status_code == 302 and answer["Location"].startswith("/unlock/")
        assert "He pushed" not in answer["Location"]
        assert Incident.objects.get(pk=hannahs_incident.pk).account == "", "a locked session changed the record"
        unlocked(hers, answer)
        shown = offered(hers, page)
        assert "He pushed past her. She thinks he has a key, and" in shown
        assert re.search(r'value="yes"[^>]*checked|checked[^>]*value="yes"', shown)


def test_what_a_locked_step_was_sending_is_kept_and_not_done(hers: Client, hannahs_case: Case) -> None:
    url = f"/work/case/{hannahs_case.pk}/warn/"
    with after(minutes=16):
        answer = hers.post(url, {"what": "A large dog is loose in the yard.", "seen": str(hannahs_case.version)})
        assert answer["Location"].startswith("/unlock/") and not SafetyWarning.objects.exists()
        unlocked(hers, answer)
        assert "A large dog is loose in the yard." in offered(hers, url)


def test_a_locked_decision_is_kept_and_not_taken(sent_record: Incident, priya: User) -> None:
    priya.set_password(PASSWORD)
    priya.save()
    browser, url = client_of(priya), f"/work/incident/{sent_record.pk}/decide/record/"
    browser.get("/")
    said = {
        "decision": "incident-return",
        "incident-return-reason": "Which hand was it?",
        "seen": str(sent_record.version),
    }
    with after(minutes=16):
        answer = browser.post(url, said)
        assert answer["Location"].startswith("/unlock/")
        assert Incident.objects.get(pk=sent_record.pk).state == "submitted"
        unlocked(browser, answer)
        assert "Which hand was it?" in offered(browser, url)


def test_typing_that_saves_itself_is_kept_when_locked(hers: Client, page: str) -> None:
    with after(minutes=16):
        answer = hers.post("/kept/", {**HALF, "kept_path": page}, headers={"X-Autosave": "1"})
        assert answer.status_code == 423
        unlocked(hers, hers.get(page))
        assert TYPED in offered(hers, page)


def test_locking_by_hand_locks_at_once(hers: Client, page: str) -> None:
    answer: Any = hers.post("/lock/", {"next": page})
    assert answer["Location"].startswith("/unlock/")
    assert hers.get(page)["Location"].startswith("/unlock/")


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_unlocking_leads_nowhere_else(next_page: str, hers: Client) -> None:
    with after(minutes=16):
        answer: Any = hers.post("/unlock/", {"password": PASSWORD, "next": next_page})
        assert answer["Location"] == "/"


@pytest.mark.parametrize("url", [
    "/sign-in/password/", "/sign-in/second-factor/", "/sign-in/second-factor/recovery-codes/",
    "/sign-in/second-factor/totp/activate/", "/administration/", "/notices/", "/search/", "/clocks/",
])  # fmt: skip
def test_a_locked_session_opens_no_other_page(url: str, hers: Client) -> None:
    hers.post("/lock/")
    answer: Any = hers.get(url)
    assert answer.status_code == 302 and answer["Location"].startswith("/unlock/"), url


def test_after_twelve_hours_of_work_the_session_is_over_and_the_draft_is_offered(hers: Client, page: str) -> None:
    began = timezone.now()
    for minutes in range(10, 715, 10):  # never idle
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            assert hers.get("/clocks/").status_code == 200, minutes
    with time_machine.travel(began + timedelta(hours=12, seconds=1), tick=False):
        answer: Any = hers.post(page, HALF)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
        assert "_auth_user_id" not in hers.session, "the session still stands"
        assert hers.get(page)["Location"].startswith("/sign-in/")
        back = next_of(answer)
        signed: Any = hers.post("/sign-in/", {"login": "2877", "password": PASSWORD, "next": back})
        assert (signed.status_code, signed["Location"]) == (302, page), signed.content.decode()[:1500]
        assert TYPED in offered(hers, page)


def test_what_one_person_left_is_never_offered_to_another(hers: Client, page: str, tom: User) -> None:
    with after(minutes=16):
        hers.post(page, HALF)
        assert TYPED not in offered(client_of(tom), page)


def test_unlocking_does_not_begin_the_twelve_hours_again(hers: Client, page: str) -> None:
    with after(hours=11, minutes=50):
        unlocked(hers, hers.get(page))
        assert hers.get(page).status_code == 200
    with after(hours=12, minutes=1):
        assert hers.get(page)["Location"].startswith("/sign-in/")


def test_what_was_sent_when_the_reason_had_run_out_is_kept(hannahs_case: Case, sam: User) -> None:
    """Whoever works a case on a reason is asked again after a turn of duty, perhaps in the middle of a sentence."""
    browser, url = client_of(sam), f"/work/case/{hannahs_case.pk}/unsafe/"
    answer: Any = browser.post(url, {"what": "He is outside her door.", "seen": "1"})
    assert "/reason/" in answer["Location"]
    assert Draft.objects.get(person=sam, path=url).data["what"] == ["He is outside her door."]
