"""Telling other systems: written with the act, signed, sent to a real server until it is taken, never inside in production."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from accounts.models import SystemAccount, User
from audit.models import Event
from cases.models import Case
from supervision.health import webhooks_arrive
from supervision.models import Delivery, Subscription
from supervision.tasks import deliver_webhooks
from supervision.webhooks.address import BadAddress, checked, lies_outside, where
from supervision.webhooks.send import send_due
from workflow import engine, reactions
from workflow.models import Refused

EVENT = "case.unsafe"


class Other:
    """The other system: a little server that keeps what it is told and answers as it is bid."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answers = 204
        other = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                other.heard.append((dict(self.headers), body))
                self.send_response(other.answers)
                if other.answers == 302:
                    self.send_header("Location", f"{other.url}/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Nothing on the screen."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def other() -> Iterator[Other]:
    made = Other()
    yield made
    made.server.shutdown()
    made.server.server_close()


def subscribed(account: SystemAccount, by: User, url: str) -> Subscription:
    evidence = {"url": url, "events": [EVENT]}
    found: Subscription = engine.perform(Subscription(account=account), "subscribe", by=by, evidence=evidence)
    return found


@pytest.fixture
def subscription(account: SystemAccount, anna: User, other: Other) -> Subscription:
    return subscribed(account, anna, f"{other.url}/told?of=it")


def happens(case: Case, by: User) -> Event:
    engine.perform(case, "unsafe", by=by, evidence={"what": "Hannah Okoro is alone with him."})
    reactions.run_due()
    return Event.objects.filter(name=EVENT).latest("pk")


def test_an_act_is_told_signed_and_without_a_word_of_anybody(
    subscription: Subscription, other: Other, hannahs_case: Case, ellen: User
) -> None:
    event = happens(hannahs_case, ellen)
    assert deliver_webhooks() == 1 and deliver_webhooks() == 0
    [(headers, body)] = other.heard
    said = json.loads(body)
    assert (said["event"], said["case"], said["record"]) == (EVENT, hannahs_case.reference, hannahs_case.reference)
    assert set(said) == {"delivery", "event", "workflow", "case", "record", "at"} and b"Hannah" not in body
    assert said["delivery"] == str(Delivery.objects.get(event=event).key)
    seconds, _, made = headers["X-Signature"].partition(",v1=")
    signed = f"{seconds.removeprefix('t=')}.".encode() + body
    assert hmac.compare_digest(made, hmac.new(subscription.secret.encode(), signed, hashlib.sha256).hexdigest())


def test_what_nobody_asked_to_hear_is_told_to_nobody(
    subscription: Subscription, hannahs_case: Case, ellen: User
) -> None:
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "A large dog."})
    reactions.run_due()
    assert not Delivery.objects.exists()


def test_an_act_that_is_rolled_back_is_told_to_nobody(
    subscription: Subscription, hannahs_case: Case, ellen: User
) -> None:
    with pytest.raises(Refused):
        engine.perform(hannahs_case, "unsafe", by=ellen, evidence={})
    reactions.run_due()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_is_not_taken_is_tried_again_later_and_no_redirect_is_followed(
    subscription: Subscription, other: Other, hannahs_case: Case, ellen: User, status: int
) -> None:
    happens(hannahs_case, ellen)
    other.answers, now = status, timezone.now()
    assert send_due(now) == 0 and send_due(now) == 0
    row = Delivery.objects.get()
    assert (row.attempts, row.last_error, len(other.heard)) == (1, f"status {status}", 1)
    assert row.next_at == now + timedelta(minutes=1)
    assert send_due(now + timedelta(minutes=1)) == 0
    assert Delivery.objects.get().next_at == now + timedelta(minutes=3)
    other.answers = 200
    assert send_due(now + timedelta(minutes=3)) == 1
    assert len({json.loads(body)["delivery"] for _, body in other.heard}) == 1


def test_an_hour_of_failing_is_red(subscription: Subscription, other: Other, hannahs_case: Case, ellen: User) -> None:
    happens(hannahs_case, ellen)
    other.server.shutdown()
    other.server.server_close()
    assert send_due(timezone.now()) == 0 and webhooks_arrive()
    assert Delivery.objects.get().last_error == "ConnectionRefusedError"
    Delivery.objects.update(queued_at=timezone.now() - timedelta(minutes=61))
    assert not webhooks_arrive()


def test_one_that_fails_keeps_nobody_else_waiting(
    subscription: Subscription, account: SystemAccount, anna: User, other: Other, hannahs_case: Case, ellen: User
) -> None:
    silent = subscribed(account, anna, "http://127.0.0.1:9/")
    happens(hannahs_case, ellen)
    happens(hannahs_case, ellen)
    assert send_due(timezone.now()) == 2
    assert [row.attempts for row in Delivery.objects.filter(subscription=silent).order_by("next_at")] == [0, 1]


def test_a_system_hears_of_no_case_that_it_may_not_see(
    subscription: Subscription, account: SystemAccount, other: Other, hannahs_case: Case, ellen: User, priya: User
) -> None:
    happens(hannahs_case, ellen)
    engine.perform(hannahs_case, "restrict", by=priya, evidence={"reason": "A colleague's relative."})
    assert deliver_webhooks() == 0 and not other.heard
    assert Delivery.objects.get().dropped_because == "Not visible to this account"


def test_whoever_is_stopped_hears_nothing_more(
    subscription: Subscription, other: Other, hannahs_case: Case, ellen: User, anna: User
) -> None:
    happens(hannahs_case, ellen)
    engine.perform(subscription, "stop", by=anna, evidence={"reason": "The server is gone."})
    assert deliver_webhooks() == 0 and not other.heard
    happens(hannahs_case, ellen)
    assert Delivery.objects.count() == 1


INSIDE = (
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "::1",
    "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "fe80::1%eth0", "::",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_a_network_of_ones_own_is_outside(address: str) -> None:
    assert not lies_outside(address)


def test_public_addresses_are_outside() -> None:
    assert lies_outside("93.184.215.14") and lies_outside("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "169.254.169.254", "[::1]", "2130706433", "0x7f.1", "127.1"]
)
def test_in_production_no_telling_goes_inside_however_it_is_written(
    host: str, subscription: Subscription, other: Other, hannahs_case: Case, ellen: User
) -> None:
    port = other.server.server_port
    Subscription.objects.filter(pk=subscription.pk).update(url=f"https://{host}:{port}/")
    happens(hannahs_case, ellen)
    with override_settings(WEBHOOKS_MAY_GO_INSIDE=False):
        assert deliver_webhooks() == 0
        with pytest.raises(BadAddress):
            where(host.strip("[]"), port)
    assert Delivery.objects.get().last_error == "address refused" and not other.heard


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://a:b@example.org/",
        "https://exa mple.org/",
        "https://x:y/",
    ],
)
def test_in_production_only_https_without_a_password_is_taken(url: str) -> None:
    with override_settings(WEBHOOKS_MAY_GO_INSIDE=False), pytest.raises(BadAddress):
        checked(url)


def test_the_secret_is_in_no_row(subscription: Subscription) -> None:
    assert len(subscription.secret) == 64
    kept = str(list(Subscription.objects.values())) + str(list(Event.objects.values()))
    assert subscription.secret not in kept and subscription.nonce not in str(list(Event.objects.values()))
