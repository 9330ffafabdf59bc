"""In which order a page offers what may be done: what takes it on its way first, what is recorded on the way, then what ends or turns it."""

from __future__ import annotations

from typing import Any

from dvds.models import Application
from dvds.steps.judging import SIGN, STOP
from dvds.steps.special import SPECIAL

S = Application.State
REVIEW = ("review-management",)
#: Recorded on the page of the checks, which stands in one place whichever of them it is.
LOOK, LOOKING = "look", frozenset({"look", "not-available", "add-trace"})
#: The steps that take it on from each state, the likeliest first.
ONWARD: dict[str, tuple[str, ...]] = {
    S.OPENED: ("forward",), S.CHECKS: ("finish-checks", "triage", LOOK), S.CHECKED: ("progress",),
    S.STOPPING: ("agree-stop", "refuse-stop"), S.MEETING: ("hold-meeting", "contact"), S.MET: ("assess", "ask-agency"),
    S.TRIAGED: ("assess", "ask-agency"), S.ASSESSED: ("categorise",), S.SIGNING: ("sign", "return-category"),
    S.REFERRED: ("decide-tell", "decide-not-tell", "answer-tests", "put-before"), S.DEFERRED: ("resume", "put-before"),
    S.NOT_TO_TELL: ("inform", "conclude-untold"), S.TOLD: REVIEW, S.DECLINED: REVIEW, S.UNREACHABLE: REVIEW,
    S.INFORMED: REVIEW, S.WITHDRAWN: ("end-withdrawn", "go-on-unasked"), S.CONCLUDING: ("close", "conclude", *REVIEW),
    S.MERGED: ("conclude-merged",), S.TRANSFERRED: ("conclude-transferred",), S.FROZEN: ("end-inapplicable",),
}  # fmt: skip
#: What is new is judged before anything else (I7).
NEW = "judge-again"
ON_THE_WAY, OTHERWISE = 50, 99
#: What ends a consideration or turns it another way: rare, and never the first thing that is offered.
TURNS = frozenset(
    {*(step.name for step in SPECIAL), "propose-stop", "defer", "decide-again", STOP.withdraw, SIGN.withdraw}
)


def place_of(application: Any, step: str, *, renewed: bool) -> int:
    """Where a step stands among those that are offered now; `OTHERWISE` for what ends or turns it."""
    onward = ONWARD.get(application.state, ())
    first = (NEW, *onward) if renewed else onward
    if step in first:
        return first.index(step)
    return OTHERWISE if step in TURNS else ON_THE_WAY
