"""The door as the program uses it, where its own table is not here yet."""

from __future__ import annotations

from typing import Any

import pytest

from dvds.forms.intake import InformationHeard
from dvds.models import Intake
from dvds.services import intake as at_door
from dvds.steps.roles import HEARS
from workflow.declare import ANY, NEW, STAYS, WORKFLOWS, Step, Workflow


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The table of what waits, or as much of it as putting something down takes."""
    if "intake" in WORKFLOWS:
        return WORKFLOWS["intake"]
    monkeypatch.setitem(WORKFLOWS, "intake", None)
    state = Intake.State
    steps = (
        Step("learn", "Put it down", NEW, state.WAITING, HEARS, InformationHeard, effect=at_door.keep_information),
        Step("danger", "Say that somebody is in danger", ANY, STAYS, HEARS),
    )
    return Workflow("intake", Intake, state, *steps, label="request")
