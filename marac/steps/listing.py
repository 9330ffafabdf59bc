"""How a referral comes on an agenda and off it: rows of its table, taken by the program as the agenda is made."""

from __future__ import annotations

from accounts.roles import SYSTEM
from marac.models import Referral
from workflow.declare import Step

S = Referral.State

# fmt: off
LISTING: tuple[Step, ...] = (
    Step("list",   "Put it on an agenda",   S.ACCEPTED, S.LISTED,   SYSTEM, done="Put on an agenda"),
    Step("unlist", "Take it off the agenda", S.LISTED,  S.ACCEPTED, SYSTEM, done="Taken off the agenda"),
)
# fmt: on
