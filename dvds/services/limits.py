"""The limits of a consideration by name, and its stages in order: which limit each has, and whether it is the force's own.

The clocks themselves are rows in `supervision/clocks_of_disclosures.py`; here is what board and page call them.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dvds.models import Application
from dvds.models.application import OVER
from dvds.models.owed import (
    ASSESSED,
    CHECKS,
    CHECKS_TOLD,
    DANGER,
    DECIDED,
    MEETING,
    REFERRED,
    REFERRED_TOLD,
    REPORTED,
    TOLD,
    UPLOADED,
)
from dvds.models.owed import OVERALL as OVERALL  # said where a limit is named

S = Application.State
#: Targets of the force, which no guidance sets: shown as "(local)".
LOCAL = frozenset({DANGER, CHECKS_TOLD, TOLD, REPORTED, UPLOADED, DECIDED})


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way: its states, the limits that run in it, most pressing first, and what is said of its limit."""

    code: str
    label: str
    states: tuple[Any, ...]
    limits: tuple[str, ...]
    said: str
    asked_only: bool = False


# fmt: off
GOING: tuple[Stage, ...] = (
    Stage("checks",     "Initial checks",               (S.OPENED, S.CHECKS, S.CHECKED, S.STOPPING),    (CHECKS, CHECKS_TOLD, REFERRED_TOLD), "24 hours from first contact"),
    Stage("meeting",    "Face-to-face",                 (S.MEETING,),                                   (MEETING,),                           "10 working days from first contact", asked_only=True),
    Stage("assessment", "Full assessment and referral", (S.MET, S.TRIAGED, S.ASSESSED, S.SIGNING),      (ASSESSED, REFERRED, REFERRED_TOLD),  "5 working days from the meeting, or from what we were told"),
    Stage("forum",      "Forum decision",               (S.REFERRED, S.DEFERRED),                       (DECIDED,),                           "no set limit: must leave time to tell"),
    Stage("telling",    "Telling the person",           (S.TO_TELL, S.NOT_TO_TELL),                     (TOLD,),                              "5 working days from the decision, high risk the next (local)"),
)
# fmt: on
#: Whatever is neither on its way nor over is being brought to its end.
ENDING = tuple(state for state in S if state not in OVER and not any(state in stage.states for stage in GOING))
STAGES = (*GOING, Stage("ending", "Concluding", ENDING, (REPORTED,), "closes only with the final intelligence report"))
BY_CODE = {stage.code: stage for stage in STAGES}
BY_STATE = {state: stage for stage in STAGES for state in stage.states}
ONGOING = tuple(BY_STATE)


def stage_of(state: str) -> Stage | None:
    """The stage a state belongs to; None once it is over."""
    return BY_STATE.get(S(state))


def stages_for(*, asked: bool) -> tuple[Stage, ...]:
    """The stages on one route: nobody is met where nobody asked."""
    return tuple(stage for stage in STAGES if asked or not stage.asked_only)


def states_of(codes: Iterable[str]) -> list[str]:
    return [state for code in codes if code in BY_CODE for state in BY_CODE[code].states]
