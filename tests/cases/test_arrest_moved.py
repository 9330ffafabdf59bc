"""What an earlier release said once of a whole incident becomes a decision for each suspect, and each tick a row."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from accounts.models import User
from audit.models import Event
from cases.models import ActionTaken, ArrestDecision, Incident
from tests.cast import involve
from tests.factories import begun, peopled
from workflow import engine
from workflow.models import Deadline
from workflow.models.record import about

pytestmark = pytest.mark.django_db
WHY = "He had gone before we came; search goes on in the park."


def moved(incident: Incident, **said: Any) -> list[ArrestDecision]:
    """The columns as the earlier release left them, and the migration's own function run over them."""
    Incident.objects.filter(pk=incident.pk).update(**said)
    import_module("cases.migrations.0007_carried_over").one_row_each(apps, None)
    return list(ArrestDecision.objects.filter(incident=incident).order_by("pk"))


def test_nobody_arrested_is_said_of_every_suspect(ellen: User, nr3: Any) -> None:
    incident = peopled(begun(ellen), ellen)
    involve(incident, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    rows = moved(incident, arrested="no", no_arrest_code="N4", no_arrest_reason=WHY)
    assert [row.suspect for row in rows] == list(incident.people("suspect"))
    assert {(row.arrested, tuple(row.codes), row.why, row.state) for row in rows} == {("no", ("N4",), WHY, "made")}
    assert {(row.recorded_by, row.recorded_at) for row in rows} == {(incident.recorded_by, incident.recorded_at)}


def test_an_arrest_of_one_suspect_is_theirs_and_of_one_of_two_is_nobodys_by_name(ellen: User, nr3: Any) -> None:
    incident = peopled(begun(ellen), ellen)
    said = {"arrested": "yes", "arrested_at": incident.reported_at, "arrested_for": "Assault"}
    [row] = moved(incident, **said)
    assert (row.suspect, row.arrested_at, row.offences) == (
        incident.people("suspect").get(),
        incident.reported_at,
        "Assault",
    )
    second = peopled(begun(ellen), ellen)
    involve(second, ellen, "suspect", "Karl Reeve", relationship="OR", cohabiting="no")
    Incident.objects.filter(pk=incident.pk).update(arrested="", positive_actions=[])
    [row] = moved(second, **said)
    assert row.suspect is None


def test_each_tick_is_a_row_and_none_keeps_its_reason(ellen: User, nr3: Any) -> None:
    incident = peopled(begun(ellen), ellen)
    assert moved(incident, positive_actions=["none"], no_action_reason="She had left the town.") == []
    row = ActionTaken.objects.get(incident=incident)
    assert (row.kind, row.what, row.endorsed_by) == ("none", "She had left the town.", None)


def carried_clock(incident: Incident) -> Deadline:
    """The clock as the earlier release left it, on the incident, and the migration's own function run over it."""
    began, at = Event.objects.filter(**about(incident)).earliest("pk"), incident.reported_at
    clock = Deadline.objects.create(
        **about(incident), case=incident.case, unit=incident.case.unit, policy="no-arrest-checked", length="hours:8",
        source_type="cases.incident", source_id=incident.pk, started_by_event=began, started_at=at, due_at=at,
    )  # fmt: skip
    import_module("cases.migrations.0007_carried_over").one_clock_each(apps, None)
    clock.refresh_from_db()
    return clock


def test_the_clock_of_a_reason_not_to_arrest_goes_over_to_the_decision_and_a_verdict_stops_it(
    ellen: User, priya: User
) -> None:
    incident = peopled(begun(ellen), ellen)
    [row] = moved(incident, arrested="no", no_arrest_code="N4", no_arrest_reason=WHY)
    clock = carried_clock(incident)
    assert (clock.subject, clock.source) == (row, row)
    said = {"reason": "Read, and the log agrees."}
    engine.perform(row, "accept", by=priya, evidence=said, seen=row.version)
    clock.refresh_from_db()
    assert clock.stopped_at and not clock.dropped_because


def test_a_clock_with_no_reason_to_look_at_is_no_longer_owed(ellen: User, nr3: Any) -> None:
    clock = carried_clock(peopled(begun(ellen), ellen))
    assert clock.stopped_at and clock.dropped_because == "No reason not to arrest is recorded"
