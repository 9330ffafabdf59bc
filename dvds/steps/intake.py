"""THE TABLE of the door: somebody puts a request or information here; the control room or the disclosure unit takes it up.

What waits has no case yet, so the safety act of a folder is not there: danger is asked first of all, whoever says so must
say what was done, and the moment it is taken up the case says that somebody is unsafe.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from dvds.forms.intake import InDanger, InformationHeard, RequestHeard, SetAside, TakenUp
from dvds.models import Danger, Intake
from dvds.services import intake as door
from dvds.services.opening import raise_danger, take_up
from dvds.steps.roles import HEARS, TAKERS, UNIT
from workflow.declare import ANY, NEW, STAYS, Step, Workflow

Said = dict[str, Any]
S = Intake.State


def keep_taken(intake: Any, said: Said, by: User, at: datetime) -> None:
    """It is a case of its own from now on; whoever takes it goes on there."""
    intake.application = take_up(intake, by, at)
    intake.led_to = intake.application


def keep_aside(intake: Any, said: Said, by: User, at: datetime) -> None:
    intake.set_aside_because = said["reason"]


def keep_danger(intake: Any, said: Said, by: User, at: datetime) -> None:
    """Danger that is heard of later: the words before stay. Where it was taken up meanwhile, its case says so."""
    intake.danger = Danger.YES
    intake.danger_words = "\n".join(part for part in (intake.danger_words, said["what"]) if part)[-2000:]
    if intake.application is not None:
        raise_danger(intake.application, by, at, said["what"])


# fmt: off
INTAKE = Workflow("intake", Intake, S,
    Step("hear",      "Put a request down",               NEW,       S.WAITING,   HEARS,          RequestHeard,     effect=door.keep_request,     done="Put down"),
    Step("learn",     "Put down what somebody should know", NEW,     S.WAITING,   HEARS,          InformationHeard, effect=door.keep_information, done="Put down"),
    Step("take-up",   "Take it up",                       S.WAITING, S.TAKEN_UP,  TAKERS | SYSTEM, TakenUp,         effect=keep_taken,            done="Taken up"),
    Step("set-aside", "Set it aside",                     S.WAITING, S.SET_ASIDE, UNIT,           SetAside,         effect=keep_aside,            done="Set aside"),
    Step("danger",    "Say that somebody is in danger now", ANY,     STAYS,       TAKERS,         InDanger,         effect=keep_danger,           done="In danger now"),
    label="request", finished={S.TAKEN_UP, S.SET_ASIDE},
)
# fmt: on
