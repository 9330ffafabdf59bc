"""A million acts: verified in one pass, in memory that does not grow, with a line of progress."""

from __future__ import annotations

import json
import resource
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from audit import services
from audit.services.writing import facts_of_event

ACTS, CHAINS = 1_000_000, 20_000


def chained(by: int) -> Any:
    """Rows for COPY: chains as the program writes them, one act of each in turn."""
    began, ends = datetime(2026, 1, 1, tzinfo=UTC), [""] * CHAINS
    for n in range(ACTS):
        chain, number, at = 10_000_000 + n % CHAINS, 1 + n // CHAINS, began + timedelta(seconds=n)
        changes = {"": [None, "a" * 64], "state": ["recording", "sent"]}
        row = (chain, number, "incident.submit", "alteration", "cases.incident", n, by, at, at, changes)
        previous = ends[n % CHAINS]
        ends[n % CHAINS] = services.digest_of(previous, facts_of_event(row))
        yield (*row[:9], json.dumps(changes), previous, ends[n % CHAINS])


@pytest.mark.long
def test_a_million_acts_are_verified_in_little_memory(db: None, tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.jsonl"
    by = User.objects.system().pk
    columns = (
        "chain, number, name, operation, subject_type, subject_id, by_id, at, recorded_at, changes, previous, digest"
    )
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY audit_event ({columns}) FROM STDIN") as copy:
            for row in chained(by):
                copy.write_row(row)
        cursor.execute("ANALYZE audit_event")
    services.anchor()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    call_command("verify_audit")
    said = capsys.readouterr()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert f"The record is whole: {ACTS + 1} acts" in said.out
    assert " a second" in said.err and f"of {ACTS + 1:,}" in said.err
    assert grown < 100_000, f"{grown} kB more"  # a fifth of what the rows alone would take
    print(said.out, said.err.splitlines()[-1], f"{grown} kB")  # noqa: T201 - the figure for docs/performance.md
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_event SET name = 'incident.return' WHERE chain = 10000777 AND number = 25")
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(CommandError, match="not whole: 1 faults"):
        call_command("verify_audit")
