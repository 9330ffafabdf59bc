"""The monitors of the night: each goes red for its own wrong, by name alone, and is forgotten once that is mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Duty, Unit, User
from cases.models import Case, CourseEvent, Holding, Incident
from risk.models import Assessment, RiskDecision
from supervision import monitors, tasks
from supervision.models import Finding, Heartbeat
from tests.cast import client_of, person
from workflow.health import CHECKS, MONITORS
from workflow.models import Approval, Deadline, DueChange, Outbox

pytestmark = pytest.mark.django_db
Spoil = Callable[..., Any]


def no_holder(incident: Incident) -> None:
    Case.objects.filter(pk=incident.case_id).update(opened_at=timezone.now() - timedelta(hours=2))
    Holding.objects.filter(case=incident.case).update(to_at=timezone.now())
    Deadline.objects.filter(case=incident.case).update(holder=None)


def everybody_left(incident: Incident) -> None:
    Case.objects.filter(pk=incident.case_id).update(opened_at=timezone.now() - timedelta(hours=2))
    User.objects.filter(holdings__case=incident.case).update(is_active=False)


def holder_off_duty(incident: Incident) -> None:
    """Ellen is back in thirty hours, and what she holds falls due in two."""
    now = timezone.now()
    Duty.objects.create(user=incident.recorded_by, from_at=now + timedelta(hours=30), to_at=now + timedelta(hours=38))
    owed = Deadline.objects.filter(case=incident.case, policy="record-sent")
    times = {"started_at": now - timedelta(hours=3), "due_at": now + timedelta(hours=2), "critical_at": None}
    owed.update(stopped_at=None, holder=incident.recorded_by, **times)


def charged_and_not_looked_at(incident: Incident) -> None:
    """Charged four days ago, and nothing raised the look that it owes."""
    at = timezone.now() - timedelta(days=4)
    CourseEvent.objects.create(case=incident.case, kind="charge", at=at, recorded_by=incident.recorded_by)


def past_triggers(statement: str) -> None:
    """As somebody does who owns the tables: turn off what would refuse it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE risk_riskdecision DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE risk_riskdecision ENABLE TRIGGER USER")


WRONGS: dict[str, tuple[str, Spoil]] = {
    "nobody holds it": ("open-case-nobody-holds", no_holder),
    "its holders left": ("open-case-nobody-holds", everybody_left),
    "its only holder is off duty": ("held-by-somebody-away", holder_off_duty),
    "closed past a clock": (
        "clock-of-a-closed-case",
        lambda i: Case.objects.filter(pk=i.case_id).update(state="closed"),
    ),
    "moved past a clock": (
        "deadline-unlike-its-case",
        lambda i: Deadline.objects.filter(case=i.case).update(unit=Unit.objects.get(code="SR1")),
    ),
    "given past a clock": (
        "deadline-unlike-its-case",
        lambda i: Deadline.objects.filter(case=i.case, policy="record-sent").update(stopped_at=None, holder=None),
    ),
    "a policy taken out": (
        "deadline-without-policy",
        lambda i: Deadline.objects.filter(case=i.case, policy="dash-checked").update(policy="gone"),
    ),
    "a date changed": (
        "due-unlike-history",
        lambda i: Deadline.objects.filter(case=i.case).update(due_at=timezone.now() + timedelta(days=9)),
    ),
    "moved past a decision": (
        "approval-of-finished",
        lambda i: Incident.objects.filter(pk=i.pk).update(state="checked"),
    ),
    "a reaction taken out": (
        "reaction-of-no-name",
        lambda i: Outbox.objects.update_or_create(
            event_id=Deadline.objects.filter(case=i.case)[0].started_by_event_id, reaction="gone"
        ),
    ),
    "the sweep passed it": (
        "rung-passed-by",
        lambda i: Deadline.objects.filter(case=i.case).update(next_rung_at=timezone.now() - timedelta(hours=3)),
    ),
    "a unit off its line": (
        "unit-off-its-line",
        lambda i: Unit.objects.filter(pk=i.case.unit_id).update(lineage=[i.case.unit_id]),
    ),
    "a look that was never raised": ("look-not-raised", charged_and_not_looked_at),
    "a grade rewritten": (
        "grade-unlike-ledger",
        lambda i: past_triggers("UPDATE risk_riskdecision SET from_grade = 'high'"),
    ),
}


@pytest.fixture
def sound(sent_record: Incident, sr1: Unit, priya: User) -> Incident:
    """A record waiting for a sergeant, its clocks running, its grade given; every monitor content."""
    assert monitors.look(timezone.now()) == {}
    assert Approval.objects.filter(verdict="").exists() and RiskDecision.objects.exists()
    assert Assessment.objects.exists() and DueChange.objects.exists()
    return sent_record


@pytest.mark.parametrize("wrong", WRONGS)
def test_each_wrong_turns_its_own_monitor_red(wrong: str, sound: Incident) -> None:
    name, spoil = WRONGS[wrong]
    spoil(sound)
    found = monitors.look(timezone.now())
    assert name in found, found
    assert set(Finding.objects.values_list("monitor", flat=True)) == set(found)
    assert f"monitor {name}" in Client().get("/readyz").json()["failing"]


def test_every_monitor_has_a_wrong_above() -> None:
    assert MONITORS.keys() - {name for name, _ in WRONGS.values()} == {"clock-nothing-stops"}


def test_a_clock_that_no_step_can_stop_is_found(sound: Incident) -> None:
    stuck = Deadline.objects.filter(case=sound.case, subject_type="cases.incident", policy="record-sent")
    stuck.update(stopped_at=None)
    Incident.objects.filter(pk=sound.pk).update(state="checked")
    assert "clock-nothing-stops" in monitors.look(timezone.now())


def test_readyz_says_the_monitor_and_nothing_of_what_it_found(sound: Incident, monkeypatch: Any) -> None:
    monkeypatch.setitem(CHECKS, "broker", lambda: True)
    tasks.sweep()
    Case.objects.filter(pk=sound.case_id).update(state="closed")
    monitors.look(timezone.now())
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["monitor clock-of-a-closed-case"])
    assert sound.case.reference not in answer.content.decode()


def test_what_is_mended_is_forgotten_and_what_stays_keeps_its_first_night(sound: Incident) -> None:
    first = timezone.now()
    Case.objects.filter(pk=sound.case_id).update(state="closed")
    monitors.look(first)
    monitors.look(first + timedelta(days=1))
    assert set(Finding.objects.values_list("found_at", flat=True)) == {first}
    Case.objects.filter(pk=sound.case_id).update(state="open")
    assert monitors.look(first + timedelta(days=2)) == {}
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, datetime(2026, 8, 30, 13, 0, tzinfo=UTC), True),
        (datetime(2026, 8, 30, 1, 0, tzinfo=UTC), datetime(2026, 8, 30, 13, 0, tzinfo=UTC), False),
        (datetime(2026, 8, 30, 1, 0, tzinfo=UTC), datetime(2026, 8, 31, 0, 5, tzinfo=UTC), True),  # 01:05 in London
        (datetime(2026, 8, 30, 1, 0, tzinfo=UTC), datetime(2026, 8, 30, 23, 5, tzinfo=UTC), False),  # 00:05
        (datetime(2026, 8, 30, 1, 0, tzinfo=UTC), datetime(2026, 8, 31, 13, 0, tzinfo=UTC), True),  # a night missed
    ],
)
def test_they_are_asked_once_a_night_and_soon_after_a_night_that_was_missed(
    db: None, last: datetime | None, now: datetime, due: bool
) -> None:
    if last:
        Heartbeat.beat(Heartbeat.MONITORS, last)
    assert monitors.is_due(now) == due


def test_the_page_counts_for_operators_and_links_only_what_they_may_open(sound: Incident, force: Unit) -> None:
    Case.objects.filter(pk=sound.case_id).update(state="closed")
    monitors.look(timezone.now())
    administrator = person("Administrator", "", "Una Field", ("administrator", force))
    page = client_of(administrator).get("/health/").content.decode()
    assert "Does a clock run in a case that is closed?" in page and "Not well" in page
    assert sound.case.reference not in page
    superintendent = person("Supt", "0044", "Grace Adeyemi", ("superintendent", force))
    assert sound.case.reference in client_of(superintendent).get("/health/").content.decode()


def test_the_command_says_what_it_found_and_fails(sound: Incident, capsys: Any) -> None:
    call_command("monitor")
    assert "nothing found" in capsys.readouterr().out
    Case.objects.filter(pk=sound.case_id).update(state="closed")
    with pytest.raises(CommandError, match="clock-of-a-closed-case: ") as failed:
        call_command("monitor")
    assert sound.case.reference not in str(failed.value)
