"""What may happen from any open state: withdrawn, converted, merged, handed to another force, no longer applicable (B4)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from accounts.roles import SYSTEM
from dvds.models import Application
from dvds.steps.judging import asked
from dvds.steps.roles import SUPERVISOR, UNIT
from workflow.declare import Step

S = Application.State
GOING = (
    S.OPENED, S.CHECKS, S.CHECKED, S.MEETING, S.MET, S.TRIAGED, S.ASSESSED, S.REFERRED, S.DEFERRED, S.TO_TELL, S.NOT_TO_TELL,
)  # fmt: skip
# fmt: off
SPECIAL = (
    Step("withdraw",        "Record that the applicant withdrew",     GOING,       S.WITHDRAWN,  UNIT, when=asked, done="Withdrawn by the applicant"),
    Step("end-withdrawn",   "End it: no risk is left",                S.WITHDRAWN, S.CONCLUDING, SUPERVISOR, done="Withdrawn, the risk reviewed"),
    Step("go-on-unasked",   "Go on without a request: right to know", (S.WITHDRAWN, S.MEETING, S.CHECKED), S.CHECKS, SUPERVISOR, done="Goes on as a right to know"),
    Step("end-inapplicable", "End it: it no longer applies",          GOING,       S.CONCLUDING, SUPERVISOR, done="No longer applies"),
    Step("merge",           "Merge it with another",                  GOING,       S.MERGED,     SUPERVISOR, done="Merged with another"),
    Step("hand-over",       "The other force has taken it",           GOING,       S.TRANSFERRED, SYSTEM, done="Taken by another force"),
)
# fmt: on
