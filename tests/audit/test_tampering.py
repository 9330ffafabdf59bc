"""The owner of the tables may do anything to them; nothing the owner does to the record stays unfound."""
# ruff: noqa: E501 - what the owner does reads best as SQL on its own line

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from accounts.models import User
from audit import services
from audit.models import Event, Seal
from cases.models import Case
from config.owner import append_only, grant
from risk.models import RiskDecision, RiskThreshold
from workflow import engine

Sql = Callable[..., None]


@pytest.fixture
def whole(hannahs_case: Case, ellen: User, tmp_path: Path, settings: Any) -> Path:
    """A record with acts, three seals and two anchors; returns the anchor file."""
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    for n in range(3):
        engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": f"Dog {n}."})
        for _ in range(2):
            services.looked(by=ellen, kind="view", what="cases.case:1", folder=hannahs_case, reason=f"Reason {n}")
        services.seal()
        if n != 1:
            services.anchor()
    assert list(services.verify()) == []
    return settings.AUDIT_ANCHOR_FILE


@pytest.fixture
def owner(db: None) -> Sql:
    """What the owner can do: take the triggers away, change, put them back."""

    def act(sql: str, *params: Any) -> None:
        tables = ("audit_event", "audit_access", "audit_seal")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, params or None)
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return act


CHANGES = {
    "an act changed": "UPDATE audit_event SET name = 'case.close' WHERE name = 'case.warn' AND number % 2 = 0",
    "an act given to somebody else": "UPDATE audit_event SET by_id = (SELECT id FROM accounts_user WHERE username = 'system') WHERE name = 'case.warn'",
    "an act moved in time": "UPDATE audit_event SET recorded_at = recorded_at - interval '1 day' WHERE name = 'case.warn'",
    "an act removed from the middle": "DELETE FROM audit_event WHERE id = (SELECT min(id) FROM audit_event WHERE name = 'case.warn')",
    "the end of a chain cut off": "DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event WHERE name = 'case.warn')",
    "every act of a kind removed": "DELETE FROM audit_event WHERE name = 'case.warn'",
    "two acts changed about": """UPDATE audit_event a SET changes = b.changes, at = b.at, recorded_at = b.recorded_at, digest = b.digest
        FROM audit_event b WHERE a.chain = b.chain AND a.name = 'case.warn' AND b.name = 'case.warn' AND a.number = b.number + 1""",
    "an act put in": """INSERT INTO audit_event (chain, number, name, operation, subject_type, subject_id, by_id, at, recorded_at, changes, previous, digest)
        SELECT chain, 1 + (SELECT max(number) FROM audit_event e WHERE e.chain = a.chain), name, operation, subject_type, subject_id, by_id, at,
               recorded_at, changes, digest, repeat('0', 64) FROM audit_event a WHERE name = 'case.warn' LIMIT 1""",
    "a consultation changed": "UPDATE audit_access SET reason = 'Another' WHERE id = (SELECT min(id) FROM audit_access WHERE seal_id IS NOT NULL)",
    "a consultation removed": "DELETE FROM audit_access WHERE id = (SELECT min(id) FROM audit_access WHERE seal_id IS NOT NULL)",
    "a consultation put in": """INSERT INTO audit_access (kind, operation, by_id, at, chain, what, reason_code, reason, terms, hits, session, seal_id)
        SELECT kind, operation, by_id, at, chain, what, reason_code, reason, terms, hits, session, seal_id FROM audit_access
        WHERE seal_id IS NOT NULL LIMIT 1""",
    "a consultation taken out of its seal": "UPDATE audit_access SET seal_id = NULL WHERE id = (SELECT min(id) FROM audit_access)",
    "consultations moved to another seal": "UPDATE audit_access SET seal_id = (SELECT max(id) FROM audit_seal)",
    "a seal changed": "UPDATE audit_seal SET count = count + 1 WHERE id = (SELECT min(id) FROM audit_seal)",
    "a seal removed with all it sealed": """WITH last AS (SELECT max(id) AS id FROM audit_seal), gone AS
        (DELETE FROM audit_access USING last WHERE seal_id = last.id RETURNING seal_id) DELETE FROM audit_seal USING last WHERE audit_seal.id = last.id""",
    "a seal from the middle removed": """WITH gone AS (DELETE FROM audit_access WHERE seal_id = (SELECT min(id) FROM audit_seal) RETURNING seal_id)
        DELETE FROM audit_seal WHERE id = (SELECT min(id) FROM audit_seal)""",
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_the_owner_does_to_the_tables_is_found(whole: Path, owner: Sql, what: str) -> None:
    owner("SET CONSTRAINTS ALL DEFERRED")
    owner(CHANGES[what])
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit")


def test_a_chain_rewritten_from_the_middle_with_right_digests_is_found(
    whole: Path, owner: Sql, hannahs_case: Case
) -> None:
    previous = ""
    for event in Event.objects.filter(chain=hannahs_case.pk).order_by("number"):
        event.name, event.previous = event.name.replace("warn", "close"), previous
        previous = services.digest_of(previous, services.event_facts(event))
        owner(
            "UPDATE audit_event SET name = %s, previous = %s, digest = %s WHERE id = %s",
            event.name,
            event.previous,
            previous,
            event.pk,
        )
    assert {fault.partition(" ")[0] for fault in services.verify()} == {"Anchor"}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize(
    "how", ["emptied", "last line gone", "first line gone", "a line changed", "another's", "no text of ours"]
)
def test_an_anchor_file_that_was_changed_is_found(whole: Path, how: str) -> None:
    rows = lines(whole)
    if how == "emptied":
        whole.write_text("")
    elif how == "no text of ours":
        whole.write_text("{")
    elif how == "last line gone":
        write(whole, rows[:-1])
    elif how == "first line gone":
        write(whole, rows[1:])
    elif how == "a line changed":
        rows[0]["ends"] = []
        write(whole, rows)
    else:
        write(whole, [{"at": timezone.now().isoformat(), "ends": [[77, 1, "0" * 64]], "seal": [0, ""], "previous": ""}])
    assert [fault for fault in services.verify() if "nchor" in fault]


def test_an_anchor_keeps_only_the_ends_that_moved(whole: Path, hannahs_case: Case, ellen: User) -> None:
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Dog."})
    services.anchor()
    assert [end[0] for end in lines(whole)[-1]["ends"]] == [hannahs_case.pk]
    assert list(services.verify()) == []


def test_reading_only_what_came_after_an_anchor_finds_what_was_done_after_it(
    whole: Path, owner: Sql, hannahs_case: Case, ellen: User
) -> None:
    since = timezone.now()
    told: list[int] = []
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Later."})
    assert list(services.verify(since=since, told=lambda what, done, total: told.append(total))) == []
    assert told[0] == 1
    owner("UPDATE audit_event SET name = 'case.close' WHERE id = (SELECT max(id) FROM audit_event)")
    assert list(services.verify(since=since))


def test_whether_the_ends_were_kept_lately_is_known_without_the_file(whole: Path) -> None:
    now = timezone.now()
    assert services.anchored_lately(now)
    assert not services.anchored_lately(now + timedelta(hours=49))


RUNNING = "da_app"
FORBIDDEN = [
    "UPDATE audit_event SET name = ''", "DELETE FROM audit_event", "TRUNCATE audit_event CASCADE",
    "ALTER TABLE audit_event DISABLE TRIGGER USER", "DROP TRIGGER pgtrigger_append_only_7d947 ON audit_event",
    "CREATE RULE quiet AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "CREATE TRIGGER quiet BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "UPDATE audit_access SET reason = ''", "DELETE FROM audit_access", "TRUNCATE audit_access",
    "UPDATE audit_seal SET count = 0", "DELETE FROM audit_seal", "DROP TABLE audit_seal CASCADE",
    "UPDATE risk_riskdecision SET rationale = ''", "DELETE FROM risk_riskdecision", "TRUNCATE risk_riskdecision CASCADE",
    "UPDATE risk_riskthreshold SET name = ''", "DELETE FROM risk_riskthreshold",
    "DELETE FROM cases_namedgrantevent", "UPDATE cases_shutoutevent SET reason = ''",
    "SET session_replication_role = replica",
]  # fmt: skip


@pytest.fixture(scope="session")
def granted(django_db_setup: None, django_db_blocker: Any) -> bool:
    """The running role has its rights, once and for all; False where the cluster has no such role.

    Granted and committed before any test: within a test's own transaction the grants hold rows of the catalogue, and
    an autovacuum that waits for them while it holds a table's lock is a deadlock with whoever asks for that table.
    """
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_has_role(current_user, oid, 'member') FROM pg_roles WHERE rolname = %s", [RUNNING]
            )
            there = cursor.fetchone() == (True,)
        if there:
            grant(RUNNING)
    return there


@pytest.fixture
def running(granted: bool, db: None) -> Any:
    """As the program runs: a role that owns nothing. The role is the cluster's; where there is none, none can be tested."""
    if not granted:
        reason = f"this cluster has no role {RUNNING}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {RUNNING}")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_running_role_may_not(hannahs_case: Case, running: Any, sql: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        running.execute(sql)


def test_the_running_role_may_add_and_seal(hannahs_case: Case, ellen: User, running: Any) -> None:
    services.looked(by=ellen, kind="view", what="cases.case:1", folder=hannahs_case)
    assert services.seal() >= 1 and Seal.objects.exists()
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Dog."})


def test_the_ledgers_of_risk_are_append_only_for_the_running_role() -> None:
    assert append_only(RiskDecision) and append_only(RiskThreshold) and append_only(Event)
    assert not append_only(Case)
