"""The public page, served as ./run serves it: its own process, told nothing of the staff's, with the role of the letterbox."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import psycopg
import pytest
from django.db import connection

from config.local.paths import ROOT
from config.local.postgres import PUBLIC
from config.local.rehearsal import free_port
from config.local.supervisor import commands, told
from config.owner import grant_letterbox
from tests.journeys.conftest import address

KEY = "a-key-of-the-tests-for-the-public-page-and-for-nothing-else-0123456789"
SEALED = re.compile(r'name="page" value="([^"]+)"')
#: One whole request, page by page, as a browser posts it: of a friend, about Kurt Vane.
WHOLE: tuple[dict[str, Any], ...] = (
    {},
    {"danger": "possible"},
    {"asks_as": "friend"},
    {"at_risk_name": "Rosa Field", "at_risk_more": "About 30, Mill Lane"},
    {"subject_name": "Kurt Vane", "subject_more": "Drives a white van"},
    {"why": "He hurt somebody before.\r\nShe has a bruise."},
    {
        "reach": "friend",
        "friend_number": "07700 900417",
        "friend_when": "Tuesdays before 11",
        "me_number": "07700 900999",
    },
    {"never": "Never ring the house"},
    {"feared": ["assault", "control"]},
    {"asker": "Nina", "language": "Polish"},
)


@dataclass
class Visitor:
    """Somebody with a browser that runs no script and keeps no cookie."""

    address: str
    html: str = ""
    status: int = 0
    headers: Any = field(default_factory=dict)

    def take(self, path: str, data: bytes | None = None, **headers: str) -> str:
        try:
            answer: HTTPResponse | HTTPError = urlopen(Request(self.address + path, data, headers), timeout=20)  # noqa: S310
        except HTTPError as refused:
            answer = refused
        self.html, self.status, self.headers = answer.read().decode(), int(answer.status or 0), answer.headers
        return self.html

    @property
    def sealed(self) -> str:
        found = SEALED.search(self.html)
        assert found, self.html
        return unescape(found[1])

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        assert found, self.html
        return unescape(found[1])

    def begin(self, **headers: str) -> str:
        return self.take("/", **headers)

    def post(self, *, page: str = "", headers: dict[str, str] | None = None, **said: Any) -> str:
        body = urlencode({"page": page or self.sealed, **said}, doseq=True).encode()
        return self.take("/", body, **(headers or {}))

    def answer(self, **said: Any) -> str:
        """Answer the question before one, by the button Continue."""
        return self.post(answering="yes", **said)

    def to(self, count: int) -> str:
        """Begin, and answer the first so many questions of a whole request."""
        self.begin()
        for said in WHOLE[: count + 1]:
            self.answer(**said)
        return self.html


def role_is_there() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PUBLIC])
        return cursor.fetchone() is not None


@pytest.fixture
def letterbox(transactional_db: None) -> str:
    """The address of this test's database for the role of the letterbox, with its rights as a set-up gives them."""
    if not role_is_there():
        reason = f"this cluster has no role {PUBLIC}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    grant_letterbox(PUBLIC)
    return address(str(connection.settings_dict["NAME"]), PUBLIC)


@pytest.fixture
def put(letterbox: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the public page has it."""
    with psycopg.connect(letterbox, autocommit=True) as line:
        yield line


@contextmanager
def serving(log: Path, database: str, **more: str) -> Iterator[str]:
    """The public page's process, by the command and in the environment of ./run; its address."""
    port = free_port()
    surroundings = os.environ | {"DJANGO_ENV": "local", "PUBLIC_SECRET_KEY": KEY, "PUBLIC_DATABASE_URL": database}
    surroundings |= {"PUBLIC_EXIT": f"http://127.0.0.1:{port}/again/cy/"} | more
    command = commands(8000, log.parent, public=port)["public"]
    with log.open("ab") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=told("public", surroundings), stdout=said, stderr=said)
    try:
        wait_for(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def wait_for(where: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            urlopen(f"{where}/livez", timeout=5).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[str]:
    """The public page on this process's database, whose name stays the same when a test gets a new copy of it."""
    log = tmp_path_factory.mktemp("public") / "public.log"
    many = {"PUBLIC_STEPS": "100000/60", "PUBLIC_SENDINGS": "1000/60", "PUBLIC_ALL_SENDINGS": "1000/60"}
    with serving(log, address(str(connection.settings_dict["NAME"]), PUBLIC), **many) as where:
        yield where
    assert "Traceback" not in log.read_text()


@pytest.fixture
def visitor(served: str) -> Visitor:
    return Visitor(served)


@pytest.fixture
def strict(tmp_path: Path, letterbox: str) -> Callable[..., Any]:
    """A second public page with settings of its own: `with strict(PUBLIC_STEPS="3/600") as visitor`."""

    @contextmanager
    def begin(database: str = "", **more: str) -> Iterator[Visitor]:
        with serving(tmp_path / "public.log", database or letterbox, **more) as where:
            yield Visitor(where)

    return begin
