"""Deadlines without the work behind them, for tests of ladders and queues; and people who hear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import Duty, Unit, User
from audit import services as audit
from cases.models import Case
from cases.services import hold
from tests.cast import person
from workflow import deadlines
from workflow.models import Deadline
from workflow.models.record import about

NOW = datetime(2026, 8, 30, 13, 2, tzinfo=UTC)  # 14:02 in London, on a Sunday


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    """Every test of supervision happens at this moment, the cast's postings included."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


def owe(
    case: Case, due_at: datetime, *, policy: str = "record-sent", holder: User | None = None, subject: Any = None
) -> Deadline:
    """A deadline as an event would have started it, due at the moment."""
    by = User.objects.system()
    started = due_at - timedelta(hours=24)
    event = audit.record(
        name="incident.begin", operation="collection", subject=case, folder=case, by=by, at=started, changes={}
    )
    deadline = Deadline(
        **about(subject or case), case=case, unit=case.unit, policy=policy, length="hours:24", holder=holder,
        source_type="cases.case", source_id=case.pk, started_by_event=event, started_at=started, due_at=due_at,
    )  # fmt: skip
    deadlines._set_moments(deadline)
    deadline.save(force_insert=True)
    return deadline


@pytest.fixture
def teams_case(nr3: Unit, ellen: User) -> Case:
    """An investigation of Northgate Response 3 that Ellen holds and in which nothing is owed yet."""
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, NOW)
    hold(case=case, part="investigation", person=ellen, at=NOW)
    return case


@pytest.fixture
def owed(teams_case: Case, ellen: User) -> Callable[..., Deadline]:
    """A deadline of the team's case that Ellen holds."""

    def make(due_at: datetime, **more: Any) -> Deadline:
        more.setdefault("holder", ellen)
        return owe(more.pop("case", teams_case), due_at, **more)

    return make


@pytest.fixture
def superintendent(force: Unit) -> User:
    """The last resort."""
    return person("Supt", "0044", "Grace Adeyemi", ("superintendent", force))


def off_duty(user: User, at: datetime) -> None:
    """Rostered, and not at the moment."""
    Duty.objects.create(user=user, from_at=at + timedelta(hours=20), to_at=at + timedelta(hours=28))


def happens(name: str, record: Any, at: Any) -> None:
    """An event happens to a record, as the engine tells the clocks."""
    event = audit.record(
        name=name,
        operation="alteration",
        subject=record,
        folder=record.folder,
        by=User.objects.system(),
        at=at,
        changes={},
    )
    deadlines.heard(event, record, at)
