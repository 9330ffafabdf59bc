"""Journeys: the real system (gunicorn, both workers, beat) on a database of its own, under a clock that moves.

In a journey the ORM of the test leads to the system's database and commits: make people with the plain functions of
`tests/cast.py`, and give each journey its own. Nothing is emptied between journeys.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from playwright.sync_api import Browser
from psycopg.conninfo import conninfo_to_dict
from pytest_django import Settings

from config.local.postgres import APP
from config.local.redis import Redis
from config.local.rehearsal import System, folder, free_port
from tests import databases
from tests.browser import DESK, PHONE, page_of
from tests.journeys.looking import Looking
from tests.looks import PICTURES


def address(name: str, role: str = "") -> str:
    """The URL of a database on the server that the tests use: for the role they have themselves, or another."""
    parts = {key: str(value) for key, value in conninfo_to_dict(os.environ["DATABASE_URL"]).items()}
    password = f":{parts['password']}" if parts.get("password") else ""
    who = role or f"{parts.get('user', '')}{password}"
    if parts.get("host", "").startswith("/"):
        return f"postgresql://{who}@/{name}?host={parts['host']}"
    return f"postgresql://{who}@{parts.get('host', 'localhost')}:{parts.get('port', '5432')}/{name}"


def running_role() -> str:
    """The role that owns nothing, where the server has it: a given server may know one role only."""
    with databases.maintenance() as line:
        return APP if line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone() else ""


@pytest.fixture(scope="package")
def system(django_db_setup: None, django_db_blocker: Any) -> Iterator[System]:
    """The whole program, once for the journeys of this process. `system.clock.move("+5h")` moves its time."""
    with django_db_blocker.unblock():
        name = databases.copy("journey")
    database, owner = address(name, running_role()), address(name)
    whole = System(database, Redis(f"j{os.getpid()}"), free_port(), folder() / "clock", owner=owner)
    try:
        whole.start()
        yield whole
    finally:
        whole.stop()
        with databases.maintenance() as line:
            databases.drop(line, name)


@pytest.fixture(autouse=True)
def in_the_system(system: System, django_db_blocker: Any, settings: Settings) -> Iterator[None]:
    """This test's ORM leads to the system's database, at the system's time; passwords are hashed as the system checks."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.point_at(f"da_journey_{os.getpid()}")
        with time_machine.travel(system.clock.now()):  # an earlier journey may have moved it by days
            yield
        databases.point_at(str(before))


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def at_work(browser: Browser, system: System, request: Any) -> Iterator[Any]:
    """Somebody signs in, each in a browser of their own, all on a phone or all at a desk."""
    pictures = Path(PICTURES) if PICTURES else system.folder / "pictures"
    pictures.mkdir(exist_ok=True)
    working: list[Looking] = []

    def begin(user: Any, kind: type[Looking] = Looking) -> Looking:
        somebody = kind(page_of(browser, request.param), system.address, user, pictures)
        working.append(somebody)
        somebody.sign_in()
        return somebody

    yield begin
    for somebody in working:
        somebody.look(f"last-{request.node.originalname}-{somebody.user.username}")
        somebody.page.context.close()
        assert somebody.complaints == []
