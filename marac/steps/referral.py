"""THE TABLE of a referral."""

from __future__ import annotations

from typing import Any

from accounts.roles import SYSTEM
from cases.steps.safety import SAFETY
from marac.models import Referral
from workflow.declare import Step, Workflow
from workflow.forms import EvidenceForm, LongText

S = Referral.State


class ByTheProgram(EvidenceForm):
    """What follows from another act."""

    reason = LongText(label="Why?", called="The reason", required=False, max_length=2000)


def nothing_more(referral: Any, said: Any, by: Any, at: Any) -> None:
    """The state says it all."""


# fmt: off
REFERRAL = Workflow("marac-referral", Referral, S,
    Step("take-off", "Take it off an agenda", S.LISTED, S.ACCEPTED, SYSTEM, ByTheProgram, effect=nothing_more, done="Taken off an agenda"),
    Step("hear",     "It was heard",          S.LISTED, S.HEARD,    SYSTEM, ByTheProgram, effect=nothing_more, done="Heard by the forum"),
    *SAFETY,
    label="MARAC referral", finished=(S.WITHDRAWN, S.CLOSED),
)
# fmt: on
