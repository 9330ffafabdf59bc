"""An upgrade: the database of an earlier release, with its cases in it, is brought to today's tables and still works.

`release_0_1/` is what release 0.1 itself left in its database after seeding, and its anchors. It is never made again.
"""

from __future__ import annotations

import gzip
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from config.local.paths import PYTHON, ROOT
from tests import databases
from tests.journeys.conftest import address, running_role

HERE = Path(__file__).resolve().parent
#: The schema of release 0.1: the last migration of each of our apps.
RELEASE_0_1 = {
    "accounts": "0002_system",
    "audit": "0001_initial",
    "workflow": "0002_holidays",
    "people": "0002_facts",
    "cases": "0003_incident",
    "risk": "0002_dash",
    "supervision": "0001_initial",
    "reporting": "0001_initial",
}
SAME_AFTERWARDS = """
SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM cases_incident), (SELECT count(*) FROM people_person),
       (SELECT count(*) FROM risk_assessment), (SELECT count(*) FROM audit_event), (SELECT count(*) FROM accounts_posting),
       (SELECT md5(string_agg(digest, ',' ORDER BY id)) FROM audit_event),
       (SELECT md5(string_agg(account, ',' ORDER BY id)) FROM cases_incident)
"""
# of a reason not to arrest: only a verdict on a decision stops the clock, so one left on an incident would run for ever
STRANDED = """
SELECT count(*) FROM workflow_deadline WHERE policy = 'no-arrest-checked' AND subject_type = 'cases.incident'
   AND stopped_at IS NULL
"""
OPEN_ONE = """
from django.test import Client
from cases.models import Holding
held = Holding.objects.filter(case__state="open", part="investigation").select_related("person", "case").first()
visitor = Client()
visitor.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
page = visitor.get(f"/cases/{held.case.reference}/")
assert held.case.reference in page.content.decode(), page.status_code
print(page.status_code)
"""


class Installation:
    """One database, and the program run on it as a deployment would."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.environment = os.environ | {
            "DJANGO_ENV": "local",
            "DATABASE_URL": address(name, running_role()),
            "DATABASE_OWNER_URL": address(name),
            "REDIS_URL": f"unix://{folder}/nobody.sock",
            "AUDIT_ANCHOR_FILE": str(HERE / "release_0_1" / "anchors.jsonl"),
            "MIGRATION_LOCK_SECONDS": "1",
        }

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        arguments = [str(PYTHON), "manage.py", *command]
        return subprocess.run(arguments, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname=self.name))


@dataclass
class Upgrade:
    """What was found before it, what it said while the tables were in use, and how it ended when they were not."""

    held: dict[str, str]
    before: tuple[Any, ...]
    refused: subprocess.CompletedProcess[str]
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Release 0.1, as somebody has it."""
    name = f"da_upgrade_{os.getpid()}"
    with databases.maintenance() as line:
        databases.make(line, name, "template0")
    installation = Installation(name, tmp_path_factory.mktemp("installed"))
    try:
        with installation.connect() as line:
            line.execute(gzip.decompress((HERE / "release_0_1" / "database.sql.gz").read_bytes()))  # type: ignore[arg-type]
        yield installation
    finally:
        with databases.maintenance() as line:
            databases.drop(line, name)


@pytest.fixture(scope="module")
def upgrade(installed: Installation) -> Upgrade:
    """It is upgraded once, for all that is asked of it below: first while somebody reads its tables, then again."""
    with installed.connect() as line:
        held = dict(line.execute("SELECT app, max(name) FROM django_migrations GROUP BY app").fetchall())
        before = line.execute(SAME_AFTERWARDS).fetchone()
    assert before is not None
    with installed.connect() as somebody:
        somebody.execute("SELECT count(*) FROM cases_case, accounts_user, workflow_deadline, audit_event")
        refused = installed.manage("setup", "--no-seed")
    return Upgrade(held, before, refused, installed.manage("setup", "--no-seed"))


def test_the_earlier_database_is_the_one_named_above(upgrade: Upgrade) -> None:
    assert {app: name for app, name in upgrade.held.items() if app in RELEASE_0_1} == RELEASE_0_1


def test_a_change_that_cannot_have_its_table_gives_up_leaves_nothing_and_may_be_repeated(upgrade: Upgrade) -> None:
    assert upgrade.refused.returncode == 1
    assert "A table was in use for more than 1 seconds" in upgrade.refused.stderr
    assert "Traceback" not in upgrade.refused.stderr
    assert upgrade.done.returncode == 0, upgrade.done.stderr[-2000:]


def test_release_0_1_is_brought_to_today_with_every_row_and_its_record_whole(
    installed: Installation, upgrade: Upgrade
) -> None:
    assert upgrade.done.returncode == 0, upgrade.done.stderr[-2000:]
    with installed.connect() as line:
        assert line.execute(SAME_AFTERWARDS).fetchone() == upgrade.before
        assert line.execute(STRANDED).fetchone() == (0,)
    assert installed.manage("migrate", "--check").returncode == 0
    opened = installed.manage("shell", "--no-imports", "-c", OPEN_ONE)
    assert opened.stdout.strip() == "200", opened.stderr[-2000:]
    verified = installed.manage("verify_audit")
    assert "The record is whole" in verified.stdout, verified.stderr
