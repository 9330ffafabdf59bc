"""The door: a consideration is opened from what waits, taken down section by section, and goes to its checks (A0, A1, N1)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from accounts.roles import SYSTEM
from dvds.models import Application
from dvds.steps.roles import TAKERS
from workflow.declare import NEW, Step

S = Application.State
# fmt: off
OPENING = (
    Step("open",    "Take the request down",         NEW,      S.OPENED, TAKERS | SYSTEM, done="Taken down"),
    Step("forward", "Send it to be checked",         S.OPENED, S.CHECKS, TAKERS | SYSTEM, done="Sent to be checked"),
)
# fmt: on
