"""One whole system for the faults of this process: servers, clock, mail and people of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from faults.hands import Hands
from faults.ledger import Ledger
from faults.stage import DATABASE, Stage
from faults.witness import judge
from tests import databases

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %(database)s"


@pytest.fixture(scope="package")
def stage(django_db_blocker: Any) -> Iterator[Stage]:
    """The system, running; whatever a test has killed is mended for the next."""
    whole = Stage(f"t{os.getpid()}")
    try:
        with django_db_blocker.unblock():
            databases.ready(whole.cluster, DATABASE)
        whole.start()
        yield whole
    finally:
        whole.stop()


@pytest.fixture
def ledger() -> Ledger:
    """What the people of this test were told."""
    return Ledger()


@pytest.fixture
def ellen(stage: Stage) -> Hands:
    """An officer of Northgate Response 3, signed in."""
    return signed_in("2877", stage)


@pytest.fixture
def priya(stage: Stage) -> Hands:
    """Her sergeant, signed in."""
    return signed_in("4471", stage)


def signed_in(username: str, stage: Stage) -> Hands:
    hands = Hands(username, stage.system.port)
    hands.sign_in()
    return hands


@pytest.fixture
def all_stands(stage: Stage, ledger: Ledger) -> Callable[[], None]:
    """Mend everything, let it come to rest, and find nothing lost, nothing twice, nothing half, and the record whole."""

    def check() -> None:
        stage.mend()
        stage.settle()
        found = judge(stage, ledger.entries)
        assert found.sound, str(found)
        assert "is whole" in stage.verify_audit()

    return check


@contextmanager
def held(stage: Stage, table: str) -> Iterator[None]:
    """Nobody writes to the table meanwhile: whoever tries stands in the middle of what they do."""
    with psycopg.connect(stage.cluster.url(DATABASE, "postgres")) as line:
        line.execute(f"LOCK TABLE {table} IN SHARE MODE")
        try:
            yield
        finally:
            if not line.closed and not line.broken:
                try:
                    line.rollback()
                except psycopg.OperationalError:
                    line.close()  # the server was the one that fell


def until_held_up(stage: Stage) -> None:
    """Somebody waits for the table now."""
    stage.until(lambda: stage.number(WAITING, database=DATABASE) > 0, lambda: "nobody waits")
