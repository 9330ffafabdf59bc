"""The clock of what waits at the door: no guidance sets one, and every limit of the consideration runs meanwhile (S610)."""

from __future__ import annotations

from typing import Any

from dvds.models import Danger, Intake
from dvds.steps import INTAKE
from workflow.clock import hours, minutes
from workflow.policies import AT_ONCE, OTHER, Policy, Rung

OFFICER, SUPERVISOR, CONTROL = "disclosure_officer", "disclosure_supervisor", "control_supervisor"
HANDLER = "contact_handler"


def event(*steps: str) -> frozenset[str]:
    return frozenset(f"{INTAKE.name}.{step}" for step in steps)


def danger_of(intake: Any) -> str:
    return str(intake.danger)


def in_danger_and_waits(intake: Any) -> bool:
    """somebody is in danger now, and nobody has taken it up"""
    return bool(intake.danger == Danger.YES and intake.state == Intake.State.WAITING)


ROWS: tuple[Policy, ...] = (
    Policy(
        "request-taken-up", "Take up what waits",
        starts=event("hear", "learn"), stops=event("take-up", "set-aside"),
        by=danger_of, refits=event("danger"), only_sooner=True,
        within={Danger.YES.value: minutes(15), OTHER: hours(1)},
        ladder=(Rung(AT_ONCE, OFFICER), Rung(0, CONTROL), Rung(0, SUPERVISOR), Rung(4, SUPERVISOR)),
        wants=f"{INTAKE.name}.take-up", why="Put down, and nobody has it yet",
        meets="The control room or the unit takes it up, or sets it aside with the reason",
        missed="Both supervisors are told at once, the unit’s again after 4 hours",
        authority="S610, S621: passed on at once by whoever hears it; one hour, in danger 15 minutes, is the force’s own [R]",
    ),
    Policy(
        "request-in-danger", "Answer what waits: in danger now",
        starts=event("hear", "learn", "danger"), applies=in_danger_and_waits, stops=event("take-up", "set-aside"),
        within=minutes(15),
        ladder=(Rung(AT_ONCE, HANDLER), Rung(AT_ONCE + 1, CONTROL), Rung(AT_ONCE + 2, SUPERVISOR), Rung(0, CONTROL),
                Rung(0.25, SUPERVISOR)),
        owed_by=HANDLER, wants=f"{INTAKE.name}.take-up", why="Somebody is said to be in danger now",
        meets="The control room or the unit takes it up: the case says from then on that somebody is unsafe",
        missed="The control-room supervisor is told again at once, the unit’s supervisor after another 15 minutes",
        authority="K0, S619: immediate at any time, whoever said so and by which way; the control room hears at once [R]",
    ),
)  # fmt: skip
