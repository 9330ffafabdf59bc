"""Metrics: on a listener of their own, counts and ages alone, whatever is down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest

from accounts.models import Unit
from cases.models import Case, Incident
from config.local.supervisor import commands
from people.models import Person, Unweighed
from people.services.weighing import weigh_new
from supervision import gauges, health, tasks
from supervision.models import Notice
from tests.doors.conftest import PERSONAL
from tests.people.population import known
from workflow.health import CHECKS
from workflow.models import Deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def scraped(monkeypatch: Any) -> Any:
    """What a scrape reads, in this test's own connection."""
    monkeypatch.setattr(gauges.connections, "close_all", lambda: None)

    def scrape() -> str:
        registry = CollectorRegistry()
        registry.register(gauges.Gauges())
        return generate_latest(registry).decode()

    return scrape


def test_no_public_address_leads_to_them(nobody: Client) -> None:
    assert [nobody.get(path).status_code for path in ("/metrics", "/metrics/", "/prometheus/metrics")] == [404] * 3


def test_the_listener_is_a_process_of_its_own_on_this_machine_alone(tmp_path: Any, settings: Any) -> None:
    wanted = commands(8000, tmp_path, metrics=8001)
    assert wanted["metrics"][-3:] == ["metrics", "--port", "8001"]
    assert settings.METRICS_HOST == "127.0.0.1"
    assert "metrics" not in commands(8000, tmp_path)


def test_clocks_are_counted_by_their_policy_and_nobody_is_named(
    scraped: Any, sent_record: Incident, hannah: Person
) -> None:
    tasks.sweep()
    Deadline.objects.filter(case=sent_record.case).update(due_at=timezone.now() - timedelta(hours=1))
    policy = Deadline.objects.open().filter(case=sent_record.case)[0].policy
    said = scraped()
    assert f'cases_clocks_overdue{{policy="{policy}"}} ' in said
    assert 'cases_seconds_since{what="sweep"}' in said
    assert 'cases_well{check="database"} 1.0' in said
    names = (*PERSONAL, sent_record.case.reference, "Marsh", "Nair", "2877", Unit.objects.get(code="NR3").name)
    assert [word for word in names if word in said] == []


def test_a_broker_that_is_down_leaves_out_its_queues_and_says_so(scraped: Any, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    said = scraped()
    assert 'cases_well{check="broker"} 0.0' in said and "cases_tasks_waiting" not in said


def test_mail_that_does_not_go_out_is_red(hannahs_case: Case, ellen: Any) -> None:
    ellen.email = "ellen.marsh@northshire.invalid"
    ellen.save(update_fields=["email"])
    deadline = Deadline.objects.filter(case=hannahs_case)[0]
    told = {"deadline": deadline, "rung": 0, "due_at": deadline.due_at, "text": "Something is owed."}
    notice = Notice.objects.create(person=ellen, created_at=timezone.now() - timedelta(minutes=31), **told)
    assert not health.mail_goes_out()
    Notice.objects.filter(pk=notice.pk).update(emailed_at=timezone.now())
    assert health.mail_goes_out()


def test_papers_that_nobody_makes_are_red(hannahs_case: Case, ellen: Any) -> None:
    made = hannahs_case.documents.create(asked_by=ellen, asked_at=timezone.now() - timedelta(minutes=16))
    assert not CHECKS["documents"]()
    hannahs_case.documents.filter(pk=made.pk).update(stage="failed", failed_because="It could not be made.")
    assert CHECKS["documents"]()


def test_who_waits_to_be_weighed_is_counted_and_how_long_the_oldest_who_is_no_import_has_waited(
    scraped: Any, hannahs_case: Case, ellen: Any
) -> None:
    while weigh_new():
        pass
    assert 'cases_people_unweighed{of="live"} 0.0' in scraped() and "cases_seconds_unweighed 0.0" in scraped()
    Unweighed.objects.create(pk=-1, person_number=7, case_number=hannahs_case.pk)
    known(hannahs_case, ellen, "Gareth", "Pollitt", at=timezone.now() - timedelta(hours=2))
    known(hannahs_case, ellen, "Kerry", "Dunmore")
    said = scraped()
    assert 'cases_people_unweighed{of="live"} 2.0' in said and 'cases_people_unweighed{of="imported"} 1.0' in said
    assert 7200 <= float(said.split("\ncases_seconds_unweighed ")[1].split()[0]) < 7300


def test_a_night_without_monitors_is_red(db: None) -> None:
    assert not health.looked_at_night()
    tasks.monitor()
    assert health.looked_at_night()
