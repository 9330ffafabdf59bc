"""Where it is measured: databases of its own, a Redis of its own, gunicorn as ./run starts it. All gone afterwards."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg
from django.db import connection, connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from config import databases
from config.local import environment
from config.local.paths import PYTHON, ROOT, say
from config.local.redis import Redis
from config.local.rehearsal import folder, free_port
from config.local.supervisor import Supervisor, commands

MIGRATED = f"da_benchmark_{os.getpid()}"
SETTINGS = "benchmarks.settings"


def prepare() -> Redis:
    """Servers and settings of this process: the checkout's private PostgreSQL unless DATABASE_URL names another."""
    redis = Redis("-bench")
    os.environ["REDIS_URL"] = redis.url
    os.environ.update(environment.prepare("local"))
    os.environ |= {
        "DJANGO_ENV": "local", "DJANGO_SETTINGS_MODULE": SETTINGS, "DATABASE_POOL": "false", "LOG_LEVEL": "WARNING",
        # only the owner makes databases and tables
        "DATABASE_URL": with_name(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"], MIGRATED),
    }  # fmt: skip
    os.environ.pop("DATABASE_OWNER_URL", None)
    redis.ensure()
    django.setup()
    return redis


def with_name(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def maintain(statement: str, *names: str) -> None:
    """One statement about whole databases, from the one that is always there."""
    with maintenance() as line:
        line.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def maintenance() -> psycopg.Connection[Any]:
    return psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname="postgres"), autocommit=True)


def raw() -> psycopg.Connection[Any]:
    """A connection to the measured database without Django: simple statements, nothing prepared."""
    name = str(connection.settings_dict["NAME"])
    where = make_conninfo(os.environ["DATABASE_URL"], dbname=name)
    as_the_product = "-c jit=off"
    return psycopg.connect(where, autocommit=True, prepare_threshold=None, options=as_the_product)


@contextmanager
def migrated() -> Iterator[None]:
    """An empty database with today's tables, to be copied for each scale; static files are collected as well."""
    say("Making the tables …")
    maintain("CREATE DATABASE {} TEMPLATE template0", MIGRATED)
    try:
        done = subprocess.run(
            [str(PYTHON), "manage.py", "setup", "--no-seed"], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"setup: {done.stderr.strip()[-2000:]}")
        yield
    finally:
        connections.close_all()
        drop(MIGRATED)


@contextmanager
def database(scale: int) -> Iterator[None]:
    """A copy of the migrated database for one scale; this process and what it starts are led to it."""
    name = f"{MIGRATED}_{scale}"
    connections.close_all()
    maintain("CREATE DATABASE {} TEMPLATE {}", name, MIGRATED)
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = MIGRATED
        drop(name)


def drop(name: str) -> None:
    with maintenance() as line:
        databases.drop(line, name)


@contextmanager
def served() -> Iterator[int]:
    """gunicorn with two workers over the measured database, on a free port of this machine's own loop."""
    port, home = free_port(), folder()
    own = {
        "DATABASE_URL": with_name(os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])),
        "DATABASE_POOL": "true", "LOG_LEVEL": "INFO", "PORT": str(port), "EMAIL_URL": f"filemail:///{home}",
        "AUDIT_ANCHOR_FILE": str(home / "anchors.jsonl"),
    }  # fmt: skip
    web = {"web": commands(port, home)["web"]}
    supervisor = Supervisor(web, {**os.environ, **own}, home)
    supervisor.start()
    try:
        _wait(supervisor, port, home)
        yield port
    finally:
        supervisor.stop()


def _wait(supervisor: Supervisor, port: int, home: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5).close()  # noqa: S310 - our own
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            supervisor.tend()
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The web server does not answer; why is in {home / 'web.log'}.")
