"""What stands in for a migration on a server of a test's own is what migrating from nothing made, row for row."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo

from config.local.environment import DATABASE
from config.local.postgres import OWNER, Cluster
from tests import databases


@pytest.fixture
def poured(django_db_blocker: Any) -> Iterator[Cluster]:
    cluster = Cluster(f"-opst{os.getpid()}")
    try:
        with django_db_blocker.unblock():
            databases.ready(cluster, DATABASE)
        yield cluster
    finally:
        cluster.remove()


#: PostgreSQL puts the casts of a list of words in another place each time that it reads back what it has written.
CASTS = re.compile(r"::character varying|::text|\[\]|[()]")


def dumped(program: Path, database: str) -> list[str]:
    """Every table and row of a database, but for casts and for the word that pg_dump draws anew for each dump."""
    command = [program, "--no-owner", "--no-privileges", "--dbname", database]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [CASTS.sub("", line) for line in said if not line.startswith(("\\restrict", "\\unrestrict"))]


def test_a_database_poured_from_the_template_is_the_migrated_one(poured: Cluster) -> None:
    with databases.maintenance() as line:
        migrated = make_conninfo(os.environ["DATABASE_URL"], dbname=databases.template(line))
    program = poured.binaries / "pg_dump"
    assert dumped(program, poured.url(DATABASE, OWNER)) == dumped(program, migrated)
