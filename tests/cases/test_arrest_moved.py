"""What an earlier release said once of a whole incident becomes a decision for each suspect, and each tick a row."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from accounts.models import User
from cases.models import ActionTaken, ArrestDecision, Incident
from tests.cast import involve
from tests.factories import begun, peopled

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
