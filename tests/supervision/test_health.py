"""The probes: what is red and why, and nothing more to a stranger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from audit import services as audit
from audit.models import Event
from supervision import health, tasks
from supervision.models import Fault, Heartbeat
from tests.supervision.conftest import owe
from workflow.health import CHECKS
from workflow.models import Deadline, Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(monkeypatch: Any) -> None:
    """Everything is well: the sweep has run, and a broker would answer."""
    monkeypatch.setitem(CHECKS, "broker", lambda: True)
    tasks.sweep()
    tasks.monitor()


def ready() -> tuple[int, list[str]]:
    answer = Client().get("/readyz")
    assert set(answer.json()) == {"status", "failing"}
    return answer.status_code, answer.json()["failing"]


def test_alive_says_only_that(nobody: Client) -> None:
    answer = nobody.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_when_all_is_well(well: None) -> None:
    assert ready() == (200, [])


def test_a_sweep_that_stopped_is_red(well: None, now: Any) -> None:
    Heartbeat.objects.update(at=now - timedelta(minutes=6))
    assert ready() == (503, ["sweep"])


def test_a_sweep_that_never_ran_is_red(well: None) -> None:
    Heartbeat.objects.filter(name=Heartbeat.SWEEP).delete()
    assert ready() == (503, ["sweep"])


def test_a_broker_that_does_not_answer_is_red(well: None, monkeypatch: Any, settings: Any) -> None:
    monkeypatch.setitem(CHECKS, "broker", health.broker)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert ready() == (503, ["broker"])
    settings.REDIS_URL = "nonsense"
    assert ready() == (503, ["broker"])


def test_a_deadline_of_which_nobody_could_be_told_is_red_until_it_is_done(
    well: None, now: Any, teams_case: Any
) -> None:
    deadline = owe(teams_case, now)
    Deadline.objects.filter(pk=deadline.pk).update(unheard_at=now)
    assert ready() == (503, ["unheard"])
    Deadline.objects.filter(pk=deadline.pk).update(stopped_at=now)
    assert ready() == (200, [])


def test_a_deadline_that_cannot_be_read_is_red(well: None, now: Any, teams_case: Any) -> None:
    Fault.objects.create(deadline=owe(teams_case, now), kind="KeyError")
    assert ready() == (503, ["deadlines"])


def test_a_failing_reaction_is_red(well: None, now: Any, teams_case: Any) -> None:
    owe(teams_case, now)
    Outbox.objects.create(event=Event.objects.earliest("pk"), reaction="x", attempts=1, last_error="ValueError")
    assert ready() == (503, ["reactions"])


def test_consultations_unsealed_for_ten_minutes_are_red(well: None, now: Any, priya: Any) -> None:
    audit.looked(by=priya, kind="view", what="cases.case:1", at=now - timedelta(minutes=11))
    assert ready() == (503, ["seals"])
