"""Who asks: a person with a session, another system with a token. Both through the whole program, JSON in and out."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import SystemAccount, Token, Unit, User
from cases.models import Case, Incident
from tests.cast import client_of, person
from workflow import engine

REPORT = {"reported_at": "2026-01-01T08:00:00Z", "channel": "999", "log_ref": "0388"}


class Caller:
    """Asks as somebody. `post` makes up a key where the test gives none."""

    def __init__(self, client: Client, **headers: str) -> None:
        self.client, self.headers = client, headers
        client.raise_request_exception = False

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers={**self.headers, **headers})

    def post(self, path: str, said: Any = None, key: str = "", **headers: str) -> Any:
        return self._send("post", path, said, {"Idempotency-Key": key or str(uuid.uuid4()), **headers})

    def patch(self, path: str, said: Any, **headers: str) -> Any:
        return self._send("patch", path, said, headers)

    def _send(self, method: str, path: str, said: Any, headers: dict[str, str]) -> Any:
        body = said if isinstance(said, str | bytes) else json.dumps(said or {})
        kind = headers.pop("Content-Type", "application/json")
        return getattr(self.client, method)(path, body, content_type=kind, headers={**self.headers, **headers})


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> Iterator[None]:
    """Nobody's requests of an earlier test count."""
    cache.clear()
    yield


@pytest.fixture
def as_person() -> Callable[[User], Caller]:
    return lambda user: Caller(client_of(user))


@pytest.fixture
def anna(force: Unit) -> User:
    """The administrator."""
    return person("Ms", "", "Anna Keyes", ("administrator", force))


@pytest.fixture
def otto(force: Unit) -> User:
    """Another administrator: the second person."""
    return person("Mr", "", "Otto Lind", ("administrator", force))


@pytest.fixture
def account(anna: User, otto: User, nr3: Unit) -> SystemAccount:
    """Command and control, an officer of Ellen's team as far as roles go."""
    said = {
        "name": "Command and control", "purpose": "Passes calls on.", "contact": "Control room", "roles": ["officer"],
        "over": nr3.code,
    }  # fmt: skip
    asked = engine.perform(SystemAccount(), "ask", by=anna, evidence=said)
    agreed = {"reason": "Agreed with the control room."}
    found: SystemAccount = engine.perform(asked, "approve", by=otto, evidence=agreed, seen=asked.version)
    return found


def issued(account: SystemAccount, by: User, name: str = "live") -> Token:
    until = timezone.localdate() + timedelta(days=300)
    token: Token = engine.perform(
        Token(account=account), "issue", by=by, evidence={"name": name, "until": until.isoformat()}
    )
    return token


@pytest.fixture
def token(account: SystemAccount, anna: User) -> Token:
    return issued(account, anna)


def bearer(token: Token) -> Caller:
    return Caller(Client(), Authorization=f"Bearer {token.secret}")


@pytest.fixture
def system(token: Token) -> Caller:
    return bearer(token)


@pytest.fixture
def ellens(ellen: User) -> Caller:
    return Caller(client_of(ellen))


def url(record: Any, rest: str = "") -> str:
    name = {Case: "case", Incident: "incident"}[type(record)]
    return f"/api/v1/{name}/{record.reference if name == 'case' else record.pk}/{rest}"


def refused(answer: Any, status: int, kind: str) -> dict[str, Any]:
    """The problem document, once it is one of that status and kind."""
    assert answer.status_code == status, (answer.status_code, answer.content[:600])
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["type"].endswith(f"#{kind}") and said["status"] == status, said
    assert said["title"] and said["detail"]
    return said
