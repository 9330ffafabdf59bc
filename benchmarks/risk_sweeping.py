"""The two sweeps of the risk: what lapses, and what is to be looked at again; with nothing to do, and with something."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from benchmarks import stage
from benchmarks.measuring import Times, replay
from benchmarks.seeding import run
from cases.models import Case, CourseEvent
from risk.models import Downgrade, Reassessment, RiskDecision
from risk.services import lapse_and_reopen, raise_due
from risk.services.reassessing import about_is, chunks, not_raised, occasion_of, reached

SPAN = 180  # days round today over which the dates of the cases lie
LOWERED = 10  # every so many cases its grade stands lowered
DUE = 50
QUESTION = "SELECT id FROM risk_downgrade WHERE state = 'standing' AND lapses_at <= now() ORDER BY lapses_at LIMIT 1"


@dataclass(frozen=True, slots=True)
class RiskSweeps:
    """Milliseconds of each sweep with nothing to do, and of one indexed question; looks raised in a second."""

    cases: int
    dates: int
    question: float
    lapse: float
    looks: float
    statements: int
    raised: float


def measure_risk_sweeps(rounds: int) -> RiskSweeps:
    """Give every case a hearing and every tenth a lowered grade, then sweep them."""
    now, most = timezone.now(), min(rounds, 20)
    _hearings(now)
    _lowered(now)
    dates = _looked_at(now)
    run("VACUUM ANALYZE cases_courseevent, risk_downgrade, risk_reassessment")
    lapse, looks, question = Times(), Times(), Times()
    with stage.raw() as line:
        for _ in range(most):
            lapse.take(lambda: lapse_and_reopen(now))
            looks.take(lambda: raise_due(now))
            question.take(lambda: replay(line, [QUESTION]))
    with CaptureQueriesContext(connection) as sent:
        raise_due(now)
    return RiskSweeps(Case.objects.count(), dates, question.p50, lapse.p50, looks.p50, len(sent), _raised(now))


def _hearings(now: datetime) -> None:
    system = User.objects.system()
    CourseEvent.objects.bulk_create(
        (
            CourseEvent(
                case_id=pk, recorded_by=system, recorded_at=now, state=CourseEvent.State.STANDING, kind="trial",
                at=now + timedelta(hours=(pk * 7919) % (SPAN * 48) - SPAN * 24),
            )
            for pk in Case.objects.order_by("pk").values_list("pk", flat=True)
        ),
        batch_size=2_000,
    )  # fmt: skip


def _lowered(now: datetime) -> None:
    system = User.objects.system()
    rows = RiskDecision.objects.alias(rest=F("case_id") % LOWERED).filter(rest=0).order_by("case_id", "-pk")
    Downgrade.objects.bulk_create(
        (
            Downgrade(
                case_id=case, assessment_id=assessment, decision_id=pk, recorded_by=system, recorded_at=now,
                state=Downgrade.State.STANDING, reason="moved", words="Moved.", spoken="no", spoken_words="No reply.",
                lapses_at=now + timedelta(hours=1 + pk % 167),
            )
            for pk, case, assessment in rows.distinct("case_id").values_list("pk", "case_id", "assessment_id")
        ),
        batch_size=2_000,
    )  # fmt: skip


def _looked_at(now: datetime) -> int:
    """What the sweep finds has been looked at already; how many dates it reads to know that."""
    system, read = User.objects.system(), 0
    for events in chunks(now):
        read += len(events)
        Reassessment.objects.bulk_create(
            Reassessment(
                case_id=event.case_id, recorded_by=system, recorded_at=now, state=Reassessment.State.NOT_NEEDED,
                trigger=row.code, occasion=occasion_of(event, row), why="A hearing.", outcome="Seen.", **about_is(event),
            )
            for event in not_raised(events, now) if (row := reached(event, now))
        )  # fmt: skip
    return read


def _raised(now: datetime) -> float:
    """Looks raised in a second, each in its own transaction; all taken back."""
    with transaction.atomic():
        CourseEvent.objects.filter(pk__in=CourseEvent.objects.order_by("pk").values("pk")[:DUE]).update(
            kind="charge", at=now - timedelta(minutes=5)
        )
        start = time.perf_counter()
        done = raise_due(now)
        took = time.perf_counter() - start
        transaction.set_rollback(True)
    return done / took
