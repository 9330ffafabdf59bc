"""The clocks of intelligence: with the bureau within a day of being learned, taken in or sent back within a day of that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflow.clock import hours
from workflow.policies import AT_ONCE, HOLDER, Policy, Rung

BUREAU, SERGEANT, INSPECTOR = "intelligence_officer", "sergeant", "inspector"


def time_learned(entry: Any) -> datetime | None:
    """The fact that starts it is when it was learned, not when it was typed; sent back, when it came back."""
    moment: datetime | None = entry.returned_at or entry.known_at
    return moment


ROWS = (
    Policy(
        "intelligence-sent", "Send to the bureau",
        starts=frozenset({"intelligence.record", "intelligence.return"}), from_=time_learned,
        stops=frozenset({"intelligence.send"}), drops=frozenset({"intelligence.strike"}),
        within=hours(24), ladder=(Rung(-4, HOLDER), Rung(0, SERGEANT), Rung(24, INSPECTOR)),
        wants="intelligence.send", why="Learned, and not sent yet",
        meets="It is sent to the bureau", missed="The sergeant is told at once, an inspector after a day",
        authority="S3-190, S3-212: intelligence reaches the bureau without delay, taken as 24 hours from when it was learned [R]",
    ),
    Policy(
        "intelligence-taken-in", "Take in, or send back",
        starts=frozenset({"intelligence.send"}), stops=frozenset({"intelligence.accept", "intelligence.return"}),
        drops=frozenset({"intelligence.strike"}),
        within=hours(24), ladder=(Rung(AT_ONCE, BUREAU), Rung(0, BUREAU), Rung(24, INSPECTOR)),
        owed_by=BUREAU, wants="intelligence.accept", why="Sent to the bureau",
        meets="The bureau takes it in, or sends it back", missed="The bureau is told again, an inspector after a day",
        authority="S3-190: the bureau grades and takes in what it is sent within a day [R]",
    ),
)  # fmt: skip
