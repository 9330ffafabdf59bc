"""Attempts from outside and towards the inside: where webhooks are led, what open doors tell, languages and ways on."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import SystemAccount, User
from cases.models import Case
from supervision.models import Subscription
from supervision.webhooks.address import BadAddress, where
from supervision.webhooks.send import attempt, connection_to
from tests.api.test_webhooks import subscribed
from workflow.models import Refused

SignIn = Callable[[User | None], Client]
OUTSIDE = "93.184.215.14"
PASSWORD = "plum ladder violin"  # noqa: S105 - of people who do not exist


def answers(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> list[int]:
    """The name server gives these addresses, round after round; how often it was asked."""
    asked: list[int] = []

    def told(host: str, port: int, **kwargs: Any) -> list[Any]:
        asked.append(port)
        found = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    return asked


def test_a_name_that_is_answered_twice_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: outside when it is checked, the metadata service when it is called. It is asked once."""
    asked = answers(monkeypatch, [OUTSIDE], ["169.254.169.254"])
    called: list[Any] = []

    def no_call(address: Any, *rest: Any) -> Any:
        called.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", no_call)
    with override_settings(WEBHOOKS_MAY_GO_INSIDE=False), pytest.raises(OSError):
        connection_to("https://rebinding.example/told")
    assert called == [(OUTSIDE, 443)] and len(asked) == 1


@pytest.mark.parametrize("inside", ["10.0.0.5", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"])  # noqa: S104
def test_a_name_with_one_address_inside_is_refused_whatever_the_others_are(
    inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, [OUTSIDE, inside])
    with override_settings(WEBHOOKS_MAY_GO_INSIDE=False), pytest.raises(BadAddress):
        where("both.example", 443)


@pytest.mark.parametrize(
    "address",
    ["http://outside.example/", "file:///etc/passwd", "gopher://outside.example/", "https://a:b@outside.example/",
     "https://outside.example/\r\nX-Injected: 1", "https:///no-host", "javascript:alert(1)", "https://outside.example/#x"],
)  # fmt: skip
def test_an_address_that_is_no_plain_https_is_not_taken(address: str, account: SystemAccount, anna: User) -> None:
    with override_settings(WEBHOOKS_MAY_GO_INSIDE=False), pytest.raises(Refused):
        subscribed(account, anna, address)
    assert not Subscription.objects.exists()


def test_an_address_that_got_into_the_table_is_checked_again_when_it_is_called(
    account: SystemAccount, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = subscribed(account, anna, "https://outside.example/told")
    told.url = "http://127.0.0.1:6379/"
    with override_settings(WEBHOOKS_MAY_GO_INSIDE=False):
        assert attempt(told, b"{}", timezone.now()) == "address refused"


def test_open_doors_name_no_unit_no_count_and_no_version(hannahs_case: Case, nobody: Client) -> None:
    """Whoever reaches the service without signing in learns whether it is well, and by check."""
    for path in ("/livez", "/readyz", "/healthz"):
        said = nobody.get(path).content.decode()
        for word in ("Northgate", hannahs_case.reference, "Django", "PostgreSQL", "postgresql://", "Traceback", "2877"):
            assert word not in said, (path, word)


def test_the_metrics_are_behind_no_public_address_and_no_header(nobody: Client, ellen: User, sign_in: SignIn) -> None:
    for browser in (nobody, sign_in(ellen)):
        for path in ("/metrics", "/metrics/", "/static/../metrics", "/metrics?x", "/%6detrics"):
            answer = browser.get(path, headers={"X-Forwarded-For": "127.0.0.1", "Host": "testserver"})
            assert answer.status_code in (302, 404) and b"cases_" not in answer.content, path


@pytest.mark.parametrize(
    "onward",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "///evil.example",
     "/\r\nSet-Cookie: a=b", "http:evil.example"],
)  # fmt: skip
def test_the_choice_of_a_language_leads_to_no_other_site(onward: str, nobody: Client) -> None:
    answer = nobody.post("/language/", {"language": "cy", "next": onward})
    assert answer.status_code == 302 and "evil" not in answer["Location"] and "\n" not in answer["Location"]
    assert answer["Location"].startswith("/") and "a" not in answer.cookies


@pytest.mark.parametrize("code", ["../../etc/passwd", "xx", "cy\r\nX: y", "<script>", "c" * 5000, ""])
def test_a_language_that_there_is_not_changes_nothing(code: str, ellen: User, sign_in: SignIn) -> None:
    browser = sign_in(ellen)
    assert browser.post("/language/", {"language": code, "next": "/"}).status_code == 302
    ellen.refresh_from_db()
    assert ellen.language == "en-gb"
    browser.cookies["language"] = "../../etc/passwd"
    assert browser.get("/").status_code == 200


def test_a_language_is_chosen_for_oneself_alone(ellen: User, tom: User, sign_in: SignIn) -> None:
    sign_in(ellen).post("/language/", {"language": "cy", "next": "/", "user": tom.pk, "pk": tom.pk})
    tom.refresh_from_db()
    assert tom.language == "en-gb"


def test_no_way_on_from_proof_or_lock_leads_to_another_site(ellen: User, sign_in: SignIn) -> None:
    ellen.set_password(PASSWORD)
    ellen.save(update_fields=["password"])
    browser = sign_in(ellen)
    for path in ("/sign-in/again/", "/unlock/"):
        for onward in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
            page = browser.get(path, {"next": onward}).content.decode()
            assert f'href="{onward}' not in page and f'action="{onward}' not in page, path
            answer = browser.post(path, {"password": PASSWORD, "next": onward})
            assert answer.status_code == 302 and answer["Location"].startswith("/"), (path, answer.status_code)
            assert "evil" not in answer["Location"]
    assert "evil" not in browser.post("/lock/", {"next": "//evil.example"})["Location"]


def test_a_living_database_is_not_written_over_with_made_up_names(hannahs_case: Case, tmp_path: Path) -> None:
    """`anonymise` on the wrong database would be the end of the record."""
    live = configured.DATABASES["default"]["NAME"]
    with pytest.raises((CommandError, SystemExit)):
        call_command("anonymise", f"postgresql://da_owner@/{live}")
    assert Case.objects.filter(reference=hannahs_case.reference).exists()


def test_a_body_that_says_it_is_something_else_is_not_read(ellen: User, sign_in: SignIn) -> None:
    """JSON to a page, a form to the API, XML with an entity to either: nothing is done and nothing is fetched."""
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'
    browser = sign_in(ellen)
    for path in ("/incidents/new/", "/api/v1/incident/begin/"):
        for kind, body in (("application/xml", xml), ("text/plain", "x"), ("application/json", json.dumps([1]))):
            answer = browser.post(path, body, content_type=kind, headers={"Idempotency-Key": "abcdefgh1"})
            assert 400 <= answer.status_code < 500, (path, kind)
            assert b"root:" not in answer.content
