"""Reports read a streaming copy when one variable names it; when it lags or dies they read the database itself."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.local import backup
from config.local.environment import DATABASE
from config.local.postgres import STANDBY, Cluster
from tests import databases
from tests.operations.systems import Place

pytestmark = pytest.mark.long

ASK = """
from django.db import connections
from audit.models import Event
from reporting import far
def question(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone()[0], Event.objects.using(alias).count()
print(*far.read(question))
"""
COUNT = "from audit.models import Event; print(Event.objects.count())"


class WithCopy(Place):
    """The same system, told of a copy."""

    copy: Cluster | None = None
    behind = "180"

    def environment(self) -> dict[str, str]:
        told = super().environment() | {"REPLICA_BEHIND_SECONDS": self.behind}
        return told | ({"DATABASE_REPLICA_URL": self.copy.url(DATABASE)} if self.copy else {})


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[WithCopy]:
    """A system and a copy that follows it, made from a backup."""
    place = WithCopy(Cluster(f"-opsp{os.getpid()}"), tmp_path_factory.mktemp("system"))
    copy = Cluster(f"-opsc{os.getpid()}")
    try:
        with django_db_blocker.unblock():
            databases.ready(place.cluster, DATABASE)
        done = place.manage("setup", "--no-seed")
        assert done.returncode == 0, done.stderr[-2000:]
        base: Path = backup.of_cluster(place.cluster, tmp_path_factory.mktemp("backups"), anchors=place.anchors)
        copy.fill(base / backup.BASE, {"primary_conninfo": f"host={place.cluster.socket} user=postgres"}, STANDBY)
        copy.ensure()
        place.cluster.sql("CREATE TABLE touched (at timestamptz); INSERT INTO touched VALUES (now())", DATABASE)
        in_step(place.cluster, copy)
        yield place
    finally:
        copy.remove()
        place.cluster.remove()


@pytest.fixture
def copy(system: WithCopy) -> Iterator[Cluster]:
    system.copy = Cluster(f"-opsc{os.getpid()}")
    system.copy.ensure()
    yield system.copy
    system.copy, system.behind = None, "180"


def in_step(first: Cluster, copy: Cluster) -> None:
    """Wait until the copy has everything."""
    wanted = first.sql("SELECT pg_current_wal_lsn()").strip()
    for _ in range(300):
        if copy.sql(f"SELECT pg_last_wal_replay_lsn() >= '{wanted}'").strip() == "t":
            return
        time.sleep(0.1)
    raise AssertionError(copy.log.read_text()[-2000:])


def test_without_a_copy_figures_come_from_the_database_itself(system: WithCopy) -> None:
    assert system.does(ASK) == f"False {system.does(COUNT)}"


def test_with_one_variable_figures_come_from_the_copy_and_are_the_same(system: WithCopy, copy: Cluster) -> None:
    in_step(system.cluster, copy)
    assert system.does(ASK) == f"True {system.does(COUNT)}"


def test_a_copy_too_far_behind_is_not_asked(system: WithCopy, copy: Cluster) -> None:
    system.behind = "0"
    assert system.does(ASK).startswith("False")


def test_a_dead_copy_breaks_nothing(system: WithCopy, copy: Cluster) -> None:
    copy.stop()
    assert system.does(ASK).splitlines()[-1].startswith("False")
