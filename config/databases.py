"""Whole databases that somebody made for a while: of a test, of a measurement."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql


def drop(line: psycopg.Connection[Any], name: str) -> None:
    """Remove a database, whoever is connected to it.

    Not WITH (FORCE): that would also end an autovacuum worker, which only a superuser may, and fails. Without it
    PostgreSQL sends such a worker away itself.
    """
    line.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND backend_type = %s",
        [name, "client backend"],
    )
    line.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
