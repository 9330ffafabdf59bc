"""Proof, once more: asked before a weighty step and before an export, lasting five minutes, and losing nothing typed."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from cases.models import Case, SafetyWarning
from tests.accounts.conftest import PASSWORD, code_now, sign_in, words_of
from tests.cast import client_of
from workflow.declare import WORKFLOWS
from workflow.models import Draft

TYPED = {"what": "A large dog is loose in the yard.", "seen": "1"}


@pytest.fixture
def weighty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Warning of a danger, as if it were a step that wants proof."""
    table = WORKFLOWS["case"]
    steps = tuple(replace(step, proof=step.name == "warn") for step in table.steps)
    monkeypatch.setattr(table, "steps", steps)


def later(minutes: float) -> Any:
    return time_machine.travel(time.time() + minutes * 60, tick=True)


def test_signing_in_is_proof_for_five_minutes(weighty: None, knows: User, hannahs_case: Case) -> None:
    browser, url = Client(), f"/work/case/{hannahs_case.pk}/warn/"
    sign_in(browser)
    assert browser.get(url).status_code == 200
    with later(4):
        assert browser.get(url).status_code == 200
    with later(6):
        answer: Any = browser.get(url)
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/again/?next=")


def test_what_was_typed_when_proof_ran_out_is_kept_and_offered(weighty: None, knows: User, hannahs_case: Case) -> None:
    browser, url = Client(), f"/work/case/{hannahs_case.pk}/warn/"
    sign_in(browser)
    with later(6):
        asked: Any = browser.post(url, TYPED)
        assert asked["Location"].startswith("/sign-in/again/") and not SafetyWarning.objects.exists()
        assert "dog" not in asked["Location"] and Draft.objects.get(person=knows).path == url
        wrong = browser.post("/sign-in/again/", {"password": "not hers", "next": url})
        assert "That password is not right" in words_of(wrong)
        assert browser.get(url).status_code == 302, "a wrong password was proof"
        proved: Any = browser.post("/sign-in/again/", {"password": PASSWORD, "next": url})
        assert proved["Location"] == url
        assert "A large dog is loose in the yard." in words_of(browser.get(url))
        assert browser.post(url, TYPED).status_code == 302 and SafetyWarning.objects.exists()


def test_whoever_has_an_authenticator_proves_it_by_that_and_not_by_the_password(
    weighty: None, guarded: User, hannahs_case: Case
) -> None:
    browser, url = Client(), f"/work/case/{hannahs_case.pk}/warn/"
    sign_in(browser)
    browser.post("/sign-in/second-factor/authenticate/", {"code": code_now()})
    with later(6):
        asked: Any = browser.get(url)
        assert asked["Location"].startswith("/sign-in/second-factor/reauthenticate/?next=")
        by_password: Any = browser.post("/sign-in/again/", {"password": PASSWORD, "next": url})
        assert by_password["Location"].startswith("/sign-in/second-factor/reauthenticate/")
        assert browser.get(url).status_code == 302
        browser.post("/sign-in/second-factor/reauthenticate/", {"code": code_now(), "next": url})
        assert browser.get(url).status_code == 200


def test_whoever_may_not_take_the_step_is_told_so_and_not_asked_who_they_are(
    weighty: None, hannahs_case: Case, victor: User
) -> None:
    with later(6):
        assert client_of(victor).get(f"/work/case/{hannahs_case.pk}/warn/").status_code == 404


def test_a_case_file_leaves_only_after_proof(knows: User, hannahs_case: Case) -> None:
    browser, url = Client(), f"/cases/{hannahs_case.reference}/case-file/"
    sign_in(browser)
    with later(6):
        asked: Any = browser.post(url)
        assert asked["Location"].startswith("/sign-in/again/?next=%2Fcases%2F")
        browser.post("/sign-in/again/", {"password": PASSWORD})
        made: Any = browser.post(url)
        assert made["Location"].startswith("/documents/")
    with later(12):
        assert browser.get(f"{made['Location']}file/")["Location"].startswith("/sign-in/again/")


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_proof_leads_nowhere_else(next_page: str, knows: User) -> None:
    browser = Client()
    sign_in(browser)
    answer: Any = browser.post("/sign-in/again/", {"password": PASSWORD, "next": next_page})
    assert answer["Location"] == "/"
