"""From the checks to the forum: checked, triaged, met, assessed, categorised (A2-A6, N2-N4)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts.roles import SYSTEM
from dvds.forms.assessing import AgencyAnswered, AgencyToAsk, CategoryProposed, FullyAssessed
from dvds.forms.checks import ChecksDone, LookMade, NotAvailable
from dvds.forms.judging import JudgedAgain, NewlyKnown, Progressed, StopAgreed, StopProposed, Triaged
from dvds.forms.meeting import MeetingHeld
from dvds.forms.reasons import CategoryReturned, Signed, StopRefused, TakenBackToChange
from dvds.forms.traces import TraceFound, TraceStruck
from dvds.models import Application, Route
from dvds.services.heard_of import RENEWED_IN
from dvds.services.judging import (
    forget_stop,
    keep_answer,
    keep_asked,
    keep_assessment,
    keep_category,
    keep_first_judgement,
    keep_judged_again,
    keep_meeting,
    keep_new,
    keep_signed,
    keep_stop,
    keep_stopped,
    keep_triage,
)
from dvds.services.looks import keep_away, keep_look, keep_trace, strike_trace
from dvds.steps.guards import checks_answered, children_asked_after, judged_since_new, says_who
from dvds.steps.held import nobody_unsafe, safe_contact_whole
from dvds.steps.no_trace import CHECKERS
from dvds.steps.roles import SUPERVISOR, UNIT
from workflow.approvals import Names, also, approval
from workflow.declare import STAYS, Guard, Step
from workflow.forms import EvidenceForm

S = Application.State


def asked(application: Any) -> bool:
    """somebody asked"""
    return bool(application.route == Route.ASK)


def known(application: Any) -> bool:
    """nobody asked: right to know"""
    return bool(application.route == Route.KNOW)


def judged_before(application: Any) -> bool:
    """the risk was judged before"""
    return application.looked_at is not None


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
#: Where something that was found, or told, may be written down: from the first look until it is told or closed.
LOOKS = RENEWED_IN


def and_then(steps: tuple[Step, ...], **guards: tuple[Guard, ...]) -> tuple[Step, ...]:
    """The same rows, some of which must satisfy more: guards for each name (`agree_stop`)."""
    more = {name.replace("_", "-"): rows for name, rows in guards.items()}
    return tuple(replace(step, guards=(*step.guards, *more.get(step.name, ()))) for step in steps)


def asking(steps: tuple[Step, ...], **forms: type[EvidenceForm]) -> tuple[Step, ...]:
    """The same rows, whose reason is asked for in words of their own: a form for each name (`agree_stop`)."""
    own = {name.replace("_", "-"): form for name, form in forms.items()}
    return tuple(replace(step, evidence=own.get(step.name, step.evidence)) for step in steps)


STOPPING = asking(also(
    approval("stop", source=(S.CHECKED, S.MEETING), waiting=S.STOPPING, target=S.CONCLUDING, back_to=S.CHECKED, ask=UNIT, decide=SUPERVISOR, evidence=StopProposed, verdict=StopAgreed, names=STOP, guards=(nobody_unsafe,)),
    propose_stop=keep_stop, agree_stop=keep_stopped, refuse_stop=forget_stop, take_back_stop=forget_stop,
), refuse_stop=StopRefused, take_back_stop=TakenBackToChange)  # fmt: skip
SIGNING = asking(also(
    approval("category", source=S.ASSESSED, waiting=S.SIGNING, target=S.REFERRED, ask=UNIT, decide=SUPERVISOR, evidence=CategoryProposed, names=SIGN, guards=(says_who, nobody_unsafe, judged_since_new)),
    categorise=keep_category, sign=keep_signed,
), sign=Signed, return_category=CategoryReturned, take_back_category=TakenBackToChange)  # fmt: skip
# fmt: off
JUDGING = (
    Step("look",          "Record a look in a system",         LOOKS,      STAYS,      CHECKERS, LookMade,     guards=(says_who,), effect=keep_look, done="Looked in a system"),
    Step("not-available", "Record that a system could not be asked", LOOKS, STAYS,     CHECKERS, NotAvailable, effect=keep_away, done="A system could not be asked"),
    Step("add-trace",     "Record what a look found",          LOOKS,      STAYS,      CHECKERS, TraceFound,   effect=keep_trace, done="A trace was recorded"),
    Step("strike-trace",  "Strike a trace out",                LOOKS,      STAYS,      CHECKERS, TraceStruck,  effect=strike_trace, done="A trace was struck out"),
    Step("finish-checks", "Say that the checks are done",      S.CHECKS,   S.CHECKED,  CHECKERS, ChecksDone,   when=asked, guards=(checks_answered,), done="Checks done"),
    Step("triage",        "Triage it",                         S.CHECKS,   S.TRIAGED,  UNIT, Triaged,          when=known, guards=(nobody_unsafe, checks_answered), effect=keep_first_judgement, done="Triaged"),
    Step("progress",      "Go on to the meeting",              S.CHECKED,  S.MEETING,  UNIT, Progressed,       when=asked, guards=(nobody_unsafe, safe_contact_whole), effect=keep_triage, done="To go on to the meeting"),
    *and_then(STOPPING, agree_stop=(nobody_unsafe, judged_since_new)),
    Step("hold-meeting",  "Record the meeting",                S.MEETING,  S.MET,      UNIT, MeetingHeld,      when=asked, guards=(says_who, safe_contact_whole), effect=keep_meeting, done="Met face to face"),
    Step("ask-agency",    "Record what an agency was asked",   LOOKS,      STAYS,      UNIT, AgencyToAsk,      effect=keep_asked, done="A partner agency was asked"),
    Step("agency-answers", "Record what an agency answered",   LOOKS,      STAYS,      UNIT, AgencyAnswered,   effect=keep_answer, done="A partner agency answered"),
    Step("assess",        "Record the full assessment",        (S.MET, S.TRIAGED), S.ASSESSED, UNIT, FullyAssessed, guards=(says_who, nobody_unsafe, children_asked_after), effect=keep_assessment, done="Assessed in full"),
    *and_then(SIGNING, sign=(nobody_unsafe, judged_since_new)),
    Step("renew",         "Record new information",            LOOKS,      STAYS,      UNIT | SYSTEM, NewlyKnown, when=judged_before, effect=keep_new, done="Something new is known"),
    Step("judge-again",   "Judge the risk again",              LOOKS,      STAYS,      UNIT, JudgedAgain,      effect=keep_judged_again, done="Risk judged again"),
)
# fmt: on
