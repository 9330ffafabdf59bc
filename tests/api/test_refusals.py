"""Every refusal is a problem document, whoever refuses: the framework, a limit, the lock, a fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from accounts import sessions
from accounts.models import Token, User
from cases.models import Incident
from tests.api.conftest import REPORT, Caller, bearer, refused, url
from tests.cast import client_of
from workflow.api.records import Records

BEGIN = "/api/v1/incident/begin/"


def test_a_method_that_an_address_does_not_take(ellens: Caller, hannahs_incident: Incident) -> None:
    answer = ellens.post(url(hannahs_incident), {})
    refused(answer, 405, "method")
    assert "GET" in answer["Allow"]
    refused(ellens.client.delete(url(hannahs_incident)), 405, "method")
    refused(ellens.client.options(BEGIN), 405, "method")


def test_a_form_of_answer_or_of_question_that_is_not_json(ellens: Caller, hannahs_incident: Incident) -> None:
    refused(ellens.get(url(hannahs_incident), Accept="text/csv"), 406, "not-acceptable")
    refused(ellens.post(BEGIN, "a=b", **{"Content-Type": "application/x-www-form-urlencoded"}), 415, "media-type")


@pytest.mark.parametrize(
    "body", ["{", "[1]", '"text"', "{}}", '{"a": NaN}', "[" * 5000, b"\xff", '{"a": ' + "9" * 5000 + "}"]
)
def test_a_body_that_cannot_be_read(ellens: Caller, body: Any) -> None:
    refused(ellens.post(BEGIN, body), 400, "malformed")


def test_a_body_that_is_too_large(ellens: Caller) -> None:
    refused(ellens.post(BEGIN, '{"log_ref": "' + "x" * 1_000_001 + '"}'), 413, "too-large")


def test_a_session_acts_only_with_the_token_of_its_own_pages(ellen: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ellen, backend="django.contrib.auth.backends.ModelBackend")
    refused(Caller(strict).post(BEGIN, REPORT), 403, "refused")
    assert Caller(strict).get("/api/v1/incident/").status_code == 200
    assert not Incident.objects.exists()


def test_a_locked_session_opens_nothing_and_is_told_so(ellen: User, hannahs_incident: Incident) -> None:
    client = client_of(ellen)
    session = client.session
    sessions.standing(session, timezone.now())
    sessions.lock(session)
    session.save()
    refused(Caller(client).get(url(hannahs_incident)), 401, "locked")
    refused(Caller(client).post(BEGIN, REPORT), 401, "locked")
    assert Incident.objects.count() == 1


def test_whoever_asks_too_often_waits_as_long_as_the_answer_says(ellens: Caller, tom: User, token: Token) -> None:
    with override_settings(API_RATES={"person": "3/min", "token": "5/min"}):
        for _ in range(3):
            assert ellens.get("/api/v1/incident/").status_code == 200
        answer = ellens.get("/api/v1/incident/")
        refused(answer, 429, "too-many")
        assert 1 <= int(answer["Retry-After"]) <= 60
        assert Caller(client_of(tom)).get("/api/v1/incident/").status_code == 200  # somebody else's count
        system = bearer(token)
        assert [system.get("/api/v1/incident/").status_code for _ in range(6)] == [200] * 5 + [429]


def test_a_fault_says_nothing_of_itself(ellens: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: Any) -> None:
        raise ZeroDivisionError("Hannah Okoro")

    monkeypatch.setattr(Records, "get", breaks)
    assert "Hannah" not in str(refused(ellens.get("/api/v1/incident/"), 500, "fault"))


def test_no_answer_is_left_in_a_cache(ellens: Caller, hannahs_incident: Incident) -> None:
    for answer in (ellens.get(url(hannahs_incident)), ellens.get("/api/v1/incident/9/")):
        assert "no-store" in answer["Cache-Control"]
