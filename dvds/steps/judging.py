"""From the checks to the forum: checked, triaged, met, assessed, categorised (A2-A6, N2-N4)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from typing import Any

from dvds.models import Application, Route
from dvds.steps.roles import SUPERVISOR, UNIT
from workflow.approvals import Names, approval
from workflow.declare import STAYS, Step
from workflow.forms import Reason

S = Application.State


def asked(application: Any) -> bool:
    """somebody asked"""
    return bool(application.route == Route.ASK)


def known(application: Any) -> bool:
    """nobody asked: right to know"""
    return bool(application.route == Route.KNOW)


STOP = Names(
    "propose-stop", "Propose not to go on", "Proposed not to go on", approve="agree-stop", approve_label="Agree not to go on",
    approved="Not to go on", give_back="refuse-stop", return_label="It is to go on", returned="It is to go on",
    withdraw="take-back-stop", withdraw_label="Take the proposal back", withdrawn="The proposal was taken back",
)  # fmt: skip
SIGN = Names(
    "categorise", "Categorise it, and propose what the forum decides on", "Categorised", approve="sign", approve_label="Sign and refer to the forum",
    approved="Referred to the forum", give_back="return-category", returned="Returned with reasons",
    withdraw="take-back-category", withdrawn="Taken back to change it",
)  # fmt: skip
# fmt: off
JUDGING = (
    Step("finish-checks", "Say that the checks are done",          S.CHECKS,   S.CHECKED,  UNIT, when=asked, done="Checks done"),
    Step("triage",        "Triage it",                              S.CHECKS,   S.TRIAGED,  UNIT, when=known, done="Triaged"),
    Step("progress",      "Go on to the meeting",                   S.CHECKED,  S.MEETING,  UNIT, when=asked, done="To go on to the meeting"),
    *approval("stop", source=S.CHECKED, waiting=S.STOPPING, target=S.CONCLUDING, ask=UNIT, decide=SUPERVISOR, evidence=Reason, names=STOP),
    Step("hold-meeting",  "Record the meeting",                     S.MEETING,  S.MET,      UNIT, when=asked, done="Met face to face"),
    Step("assess",        "Record the full assessment",             (S.MET, S.TRIAGED), S.ASSESSED, UNIT, done="Assessed in full"),
    *approval("category", source=S.ASSESSED, waiting=S.SIGNING, target=S.REFERRED, ask=UNIT, decide=SUPERVISOR, evidence=Reason, names=SIGN),
    Step("judge-again",   "Judge the risk again",                   (S.CHECKED, S.MEETING, S.MET, S.TRIAGED, S.ASSESSED, S.REFERRED, S.DEFERRED, S.TO_TELL, S.NOT_TO_TELL), STAYS, UNIT, done="Risk judged again"),
)
# fmt: on
