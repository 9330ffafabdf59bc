"""Fills an empty migrated database with five years of so many reports, and says what was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Course, Posting, Training, User
from audit.models import Event
from benchmarks import force
from benchmarks.progress import Progress
from benchmarks.seeding import INDEX_WORTH, run, size, without_indexes, without_triggers
from benchmarks.years import crimes, owed, partners, reports, risk, shape
from benchmarks.years.ground import Ground, lay
from cases.models import (
    ActionTaken,
    ArrestDecision,
    ArrestVerdict,
    Call,
    Case,
    CourseEvent,
    Crime,
    Holding,
    Incident,
    Involvement,
    NonCrime,
    Outcome,
    SetMarker,
)
from dvds.models import Application, Party
from marac.models import AgendaItem, ForumAction, Hearing, Referral, ReferredPerson
from people.models import Birth, Description, Person, PersonName
from risk.models import (
    Assessment,
    Downgrade,
    PlanAction,
    QualityCheck,
    QualityVerdict,
    RiskDecision,
    SafetyPlan,
)
from safeguarding.models import Encompass
from workflow.models import Approval, Deadline

READERS = ("crime_registrar", "analyst", "da_coordinator", "superintendent", "chief_officer")
ROWS_EACH = 31  # of all tables, for each report: what the bar is worth
#: Everything that is written in bulk: its indexes and keys are made again once, over all rows.
WRITTEN: tuple[Any, ...] = (
    Case, Holding, SetMarker, Call, Incident, Approval, Involvement, Person, PersonName, Birth, Description,
    Crime, NonCrime, Outcome, ArrestDecision, ArrestVerdict, ActionTaken, CourseEvent,
    Assessment, RiskDecision, Downgrade, SafetyPlan, PlanAction, QualityCheck, QualityVerdict,
    Referral, ReferredPerson, AgendaItem, Hearing, ForumAction, Encompass, Application, Party, Event, Deadline,
)  # fmt: skip
#: In the order in which one rests on the other.
STEPS: tuple[tuple[str, Callable[[Ground], int]], ...] = (
    ("cases", reports.write_cases), ("calls", reports.write_calls), ("reports", reports.write_incidents),
    ("people", reports.write_people), ("crimes", crimes.write_crimes), ("outcomes", crimes.write_outcomes),
    ("arrests and what else was done", crimes.write_arrests), ("assessments", risk.write_assessments),
    ("safety plans", risk.write_plans), ("conferences", partners.write_conferences), ("schools", partners.write_schools),
    ("Clare's Law", partners.write_considerations), ("events", owed.write_events), ("deadlines", owed.write_deadlines),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seeded:
    """Who reads figures over the five years, one of its cases, and how it was made. Moments are UTC.

    `analyst` and `head` (an inspector) see the whole force, `sergeant` and `officer` a team.
    """

    analyst: str
    head: str
    sergeant: str
    officer: str
    case: str
    reports: int
    since: datetime
    until: datetime
    rows: int
    seconds: float
    megabytes: int


def seed_years(number: int, until: datetime | None = None) -> Seeded:
    """So many reports over the five years before a moment (the last whole hour). Deterministic but for the ids of people."""
    end = (until or timezone.now()).replace(minute=0, second=0, microsecond=0)
    made = force.raise_force(shape.DIVISIONS, shape.OFFICERS, 365 * (shape.YEARS + 1), READERS)
    _moved_and_trained(made, end)
    ground = Ground(made, number, end)
    progress = Progress(ROWS_EACH * number + INDEX_WORTH * number // 100_000)
    lay(ground)
    tables = [model._meta.db_table for model in WRITTEN]
    with without_triggers(tables), without_indexes(tables, progress, INDEX_WORTH * number // 100_000):
        for label, write in STEPS:
            with transaction.atomic():
                progress.add(write(ground), f"writing {label}")
        ground.ids.move_sequences(WRITTEN)
    run(reports.WORDS_KEPT)
    run(reports.PLACES_KEPT)
    progress.add(0, "VACUUM and ANALYZE")
    run("VACUUM ANALYZE")
    return _seeded(ground, progress)


def _seeded(ground: Ground, progress: Progress) -> Seeded:
    seconds, made = progress.end(), ground.force
    first = run("SELECT min(reported_at) FROM cases_incident")[0][0]
    shown = Case.objects.filter(kind="investigation", crime__isnull=False, unit=made.teams[0]).order_by("pk").last()
    analyst = User.objects.get(pk=made.readers["analyst"])
    return Seeded(
        analyst.username, made.head.username, made.sergeant.username, made.officer.username,
        shown.reference if shown else "", ground.reports, first, ground.until, progress.done, seconds, size(),
    )  # fmt: skip


def _moved_and_trained(made: force.Force, end: datetime) -> None:
    """One officer in ten came from another team in the third year; nine in ten have a training in DASH that counts."""
    half = end - timedelta(days=900)
    officers = [pk for team in made.officers for pk in team]
    moved = Posting.objects.filter(user__in=officers[::10], role="officer")
    others = {pk: made.teams[(n * 7 + 3) % shape.TEAMS] for n, pk in enumerate(officers)}
    Posting.objects.bulk_create([
        Posting(user_id=row.user_id, role="officer", unit=others[row.user_id], from_at=row.from_at, to_at=half) for row in moved
    ])  # fmt: skip
    Posting.objects.filter(pk__in=[row.pk for row in moved if row.to_at is None]).update(from_at=half)
    Training.objects.bulk_create(
        Training(person_id=pk, course=Course.DASH, passed_on=(end - timedelta(days=30 + 37 * (n % 40))).date(), state="recorded",
                 valid_until=(end + timedelta(days=365 if n % 10 else -10)).date(), unit=made.teams[0], recorded_by_id=made.head_id)
        for n, pk in enumerate(officers) if n % 15
    )  # fmt: skip
