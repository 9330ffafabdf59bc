"""The tests' database: migrated once into a template, then copied for each process that runs tests.

The template is named by what it was made from, so a changed migration makes a new one. A test that commits gets a new
copy afterwards, not an emptied one: what migrations put there (the bank holidays) stays. A system on a server of its
own gets its tables poured out of the template, too: migrating takes minutes, and the template is that migration.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql
from psycopg.conninfo import make_conninfo

from config.databases import drop
from config.local.postgres import OWNER, Cluster

LOCK = 7_201_998
MADE_OF = ("*/migrations/**/*.py", "*/data/*", "requirements/base.txt")


@contextmanager
def maintenance() -> Iterator[psycopg.Connection[Any]]:
    """A connection from which databases are made and dropped; only one process at a time has it."""
    where = make_conninfo(os.environ["DATABASE_URL"], dbname="postgres")
    with psycopg.connect(where, autocommit=True) as line:
        line.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield line


def names(line: psycopg.Connection[Any], pattern: str) -> list[str]:
    """The databases whose whole name matches."""
    found = line.execute("SELECT datname FROM pg_database ORDER BY datname").fetchall()
    return [name for (name,) in found if re.fullmatch(pattern, name)]


def make(line: psycopg.Connection[Any], name: str, template: str) -> None:
    """Copy a database, over whatever has that name."""
    drop(line, name)
    line.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def point_at(name: str) -> None:
    """Let this process's connection lead to that database from now on."""
    connections.close_all()
    connection.settings_dict["NAME"] = name


def migrate(name: str) -> None:
    """Bring an empty database to today's tables, as a set-up does it."""
    before = str(connection.settings_dict["NAME"])
    point_at(name)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    finally:
        point_at(before)


def template(line: psycopg.Connection[Any]) -> str:
    """The migrated template, made when there is none of today's migrations; older ones are dropped."""
    files = sorted(
        path for pattern in MADE_OF for path in settings.BASE_DIR.glob(pattern) if ".local" not in path.parts
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(settings.BASE_DIR)).encode() + file.read_bytes())
    wanted = f"da_template_{digest.hexdigest()[:12]}"
    present = names(line, r"da_template_\w+")
    if wanted not in present:
        half = f"{wanted}_half"  # renamed when whole: an interrupted migration is never taken for a template
        make(line, half, "template0")
        migrate(half)
        line.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(wanted)))
        for stale in present:
            drop(line, stale)
    return wanted


def ready(cluster: Cluster, name: str) -> None:
    """Start a server of ours with a database as migrating makes it; a set-up then finds nothing left to migrate.

    A server of the tests that is newer than our own tools cannot be read by them: that set-up migrates as it always did.
    """
    with maintenance() as line:
        source = make_conninfo(os.environ["DATABASE_URL"], dbname=template(line))
        dump = [cluster.binaries / "pg_dump", "--no-owner", "--no-privileges", "--dbname", source]
        tables = subprocess.run(dump, capture_output=True, text=True, check=False)
    cluster.ensure()
    cluster.create(name)
    if tables.returncode == 0:
        into = [cluster.binaries / "psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", cluster.url(name, OWNER)]
        subprocess.run([*into, "-f", "-"], input=tables.stdout, capture_output=True, text=True, check=True)


def alive(pid: int) -> bool:
    """Whether a process with that number runs here."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def copy(purpose: str = "test") -> str:
    """Make this process a database of its own from the template; sweep away those of processes that have gone."""
    name = f"da_{purpose}_{os.getpid()}"
    with maintenance() as line:
        for left in names(line, r"da_(test|journey)_\d+"):
            if not alive(int(left.rpartition("_")[2])):
                drop(line, left)
        make(line, name, template(line))
        line.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
    return name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """What every test with a database stands on (pytest-django's fixture of this name is replaced)."""
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        point_at(copy())
    yield
    with django_db_blocker.unblock():
        mine = str(connection.settings_dict["NAME"])
        point_at(before)
        with maintenance() as line:
            drop(line, mine)


def copied_again(self: TransactionTestCase) -> None:
    """After a test that committed: a new copy instead of Django's flush, which would also empty reference data."""
    point_at(copy())


TransactionTestCase._fixture_teardown = copied_again  # type: ignore[method-assign]
