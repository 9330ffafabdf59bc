"""The sweep: when nothing is due, beside one indexed question; with 5,000 due, beside the same work row by row."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import stage
from benchmarks.measuring import CONTROL, Times, replay
from benchmarks.seeding import run
from supervision.escalation.sweep import BATCH, sweep

DUE, SINGLY = 5_000, 250
MAKE_DUE = """
    UPDATE workflow_deadline SET next_rung_at = %s WHERE id IN (
        SELECT id FROM workflow_deadline WHERE stopped_at IS NULL AND next_rung_at IS NOT NULL ORDER BY id LIMIT %s
    )
"""
QUESTION = """
    SELECT id FROM workflow_deadline WHERE stopped_at IS NULL AND next_rung_at <= now() ORDER BY next_rung_at LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Sweeps:
    """Milliseconds of an idle sweep and of its question alone; rows a second in batches and one by one."""

    idle: float
    question: float
    batched: float
    singly: float
    statements: int
    rows: int


def measure_sweeps(rounds: int) -> Sweeps:
    now = timezone.now()
    sweep(now)
    idle, question = Times(), Times()
    with stage.raw() as line:
        for _ in range(max(rounds, 50)):
            idle.take(lambda: sweep(now))
            question.take(lambda: replay(line, [QUESTION]))
    batched = max(_rate(now, DUE, BATCH) for _ in range(3))
    singly = max(_rate(now, SINGLY, 1) for _ in range(3))
    return Sweeps(idle.p50, question.p50, batched, singly, _statements(now), min(DUE, _can_be_due()))


def _rate(now: datetime, due: int, batch: int) -> float:
    """Rows a second; everything is taken back afterwards."""
    with transaction.atomic():
        run(MAKE_DUE, [now, due])
        start = time.perf_counter()
        swept = sweep(now, batch)
        took = time.perf_counter() - start
        transaction.set_rollback(True)
    return swept.rows / took


def _statements(now: datetime) -> int:
    """What one full batch sends."""
    with transaction.atomic():
        run(MAKE_DUE, [now, BATCH - 1])
        with CaptureQueriesContext(connection) as sent:
            sweep(now)
        transaction.set_rollback(True)
    return sum(not query["sql"].upper().startswith(CONTROL) for query in sent.captured_queries)


def _can_be_due() -> int:
    return int(
        run("SELECT count(*) FROM workflow_deadline WHERE stopped_at IS NULL AND next_rung_at IS NOT NULL")[0][0]
    )
