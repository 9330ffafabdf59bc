"""THE TABLE of training: a course that somebody passed is recorded by somebody else, corrected, struck out (R-02)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Training, Unit, User
from accounts.roles import KEEPERS_OF_PEOPLE, roles
from supervision.forms.training import CoursePassed, DaysCorrected
from supervision.steps.two_people import Said, nothing_more
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Refusal, Refused

S = Training.State
RECORDERS = roles("training_lead", "administrator")
READERS = KEEPERS_OF_PEOPLE | roles("training_lead", "line_manager", "inspector", "sergeant")
OWN = "You cannot do this. Somebody else records what you have passed."


def keep_passed(training: Any, said: Said, by: User, at: datetime) -> None:
    """Nobody records their own."""
    if said["person"].pk == by.pk:
        raise Refused(Refusal.GUARD, OWN)
    training.person, training.course, training.unit = said["person"], said["course"], Unit.objects.root()
    keep_days(training, said, by, at)


def keep_days(training: Any, said: Said, by: User, at: datetime) -> None:
    training.passed_on, training.valid_until = said["passed_on"], said["valid_until"]


def stands(training: Any) -> bool:
    """it was not struck out"""
    return bool(training.state == S.RECORDED)


def not_their_own(training: Any, user: User) -> str:
    """Guard: nobody corrects their own."""
    return OWN if training.person_id == user.pk else ""


# fmt: off
TRAINING = Workflow("training", Training, S,
    Step("record",  "Record training",        NEW,        S.RECORDED, RECORDERS, CoursePassed,  effect=keep_passed, done="Training recorded"),
    Step("correct", "Correct its days",       ANY,        STAYS,      RECORDERS, DaysCorrected, when=stands, guards=(not_their_own,), effect=keep_days, done="Training corrected"),
    Step("strike",  "Strike this out",        S.RECORDED, S.STRUCK,   RECORDERS, guards=(not_their_own,), effect=nothing_more, done="Training struck out"),
    label="training", finished=(S.RECORDED, S.STRUCK),
)
# fmt: on
