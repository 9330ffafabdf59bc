"""Clocks of what a case decides: exceptions from standards, referrals to linked teams, serial plans, interviews."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.steps.interview import INTERVIEW
from cases.steps.linked_referral import REFERRAL
from cases.steps.serial_plan import SERIAL_PLAN
from cases.steps.standard import EXCEPTION
from workflow.clock import Length, days, hours, working_days
from workflow.policies import AT_ONCE, HOLDER, Policy, Rung

COORDINATOR, INSPECTOR, SUPERINTENDENT = "da_coordinator", "inspector", "superintendent"
SPECIALIST = "da_specialist"
SERGEANT, TALK = "sergeant", INTERVIEW.name
ASKED, SENT, PLAN = EXCEPTION.name, REFERRAL.name, SERIAL_PLAN.name


def time_sent(referral: Any) -> datetime | None:
    """They owe an answer from when it was sent, not from when that was typed in."""
    moment: datetime | None = referral.sent_at
    return moment


def time_answered(referral: Any) -> datetime | None:
    moment: datetime | None = referral.answered_at
    return moment


def days_of(plan: Any) -> Length | None:
    """As often as the plan itself says."""
    return days(plan.review_days) if plan.review_days else None


def lead_of(plan: Any) -> int | None:
    found: int | None = plan.lead_id
    return found


ROWS: tuple[Policy, ...] = (
    Policy(
        "standard-exception-decided", "Decide on an exception",
        starts=frozenset({f"{ASKED}.ask"}), stops=frozenset({f"{ASKED}.grant", f"{ASKED}.refuse"}),
        drops=frozenset({f"{ASKED}.withdraw"}),
        within=working_days(2), ladder=(Rung(AT_ONCE, INSPECTOR), Rung(0, INSPECTOR), Rung(24, SUPERINTENDENT)),
        owed_by=INSPECTOR, wants=f"{ASKED}.grant", why="A case is to be closed without a minimum standard",
        meets="An inspector grants or refuses it", missed="The inspector is told again, a superintendent after a day",
        authority="S1-017: an exception from the minimum standards is reasoned and decided by another; within 2 working days [R]",
    ),
    Policy(
        "linked-referral-answered", "Get an answer from a linked team",
        starts=frozenset({f"{SENT}.send"}), from_=time_sent, stops=frozenset({f"{SENT}.answer"}), until=time_answered,
        within=hours(72), ladder=(Rung(-24, HOLDER), Rung(0, SPECIALIST), Rung(24, INSPECTOR)),
        wants=f"{SENT}.answer", why="A linked team has not answered",
        meets="Their answer is recorded", missed="A specialist is told, an inspector after a day",
        authority="S3-082: working links with child abuse and sexual-offence investigators; answered within 72 hours [R]",
    ),
    Policy(
        "serial-plan-decided", "Decide on a serial plan",
        starts=frozenset({f"{PLAN}.send"}), stops=frozenset({f"{PLAN}.approve", f"{PLAN}.return"}),
        drops=frozenset({f"{PLAN}.withdraw"}),
        within=working_days(2), ladder=(Rung(-24, COORDINATOR), Rung(0, COORDINATOR), Rung(24, INSPECTOR)),
        owed_by=COORDINATOR, wants=f"{PLAN}.approve", why="A serial plan waits for the coordinator",
        meets="The coordinator approves or returns it", missed="The coordinator is told again, an inspector after a day",
        authority="S3-041: a strategy for serial perpetrators is supervised; within 2 working days [R]",
    ),
    Policy(
        "serial-plan-written", "Write a serial plan",
        starts=frozenset({f"{PLAN}.begin", f"{PLAN}.take-up", f"{PLAN}.change", f"{PLAN}.return", f"{PLAN}.withdraw"}),
        stops=frozenset({f"{PLAN}.send"}), drops=frozenset({f"{PLAN}.end"}),
        within=working_days(5), held=lead_of, refits=frozenset({f"{PLAN}.hand-over"}),
        ladder=(Rung(-24, HOLDER), Rung(0, HOLDER), Rung(24, COORDINATOR), Rung(72, INSPECTOR)),
        owed_by=HOLDER, wants=f"{PLAN}.send", why="A serial plan is being written",
        meets="The plan is sent to the coordinator",
        missed="Its lead is told, the coordinator after a day, an inspector after three",
        authority="S3-041: a serial flag that is right leads to a plan; written within 5 working days [R]",
    ),
    Policy(
        "serial-plan-reviewed", "Review a serial plan",
        starts=frozenset({f"{PLAN}.approve"}), stops=frozenset({f"{PLAN}.review"}), drops=frozenset({f"{PLAN}.end"}),
        refits=frozenset({f"{PLAN}.approve", f"{PLAN}.hand-over"}), within=days(28), own=days_of, held=lead_of,
        ladder=(Rung(-24, HOLDER), Rung(0, HOLDER), Rung(24, COORDINATOR), Rung(72, INSPECTOR)), repeats=True,
        owed_by=HOLDER, wants=f"{PLAN}.review", why="A serial plan is in force",
        meets="Somebody says whether it holds", missed="Its lead is told, the coordinator after a day, an inspector after three",
        authority="S3-041: plan and lead officer, looked at as often as the plan itself says; every 28 days else [R]",
    ),
    Policy(
        "serial-set-aside", "Look again at a serial flag",
        starts=frozenset({f"{PLAN}.set-aside"}), stops=frozenset({f"{PLAN}.review"}), drops=frozenset({f"{PLAN}.take-up"}),
        within=days(91), ladder=(Rung(-72, COORDINATOR), Rung(0, COORDINATOR), Rung(72, INSPECTOR)),
        owed_by=COORDINATOR, wants=f"{PLAN}.review", why="A serial flag was set aside",
        meets="Somebody says whether there is still no plan", missed="The coordinator is told again, an inspector after three days",
        authority="S3-041: that there is no plan is looked at again, once, within 91 days or before the case is closed [R]",
    ),
    Policy(
        "interview-plan-decided", "Decide on an interview plan",
        starts=frozenset({f"{TALK}.send-plan"}), stops=frozenset({f"{TALK}.approve-plan", f"{TALK}.return-plan"}),
        drops=frozenset({f"{TALK}.withdraw-plan"}),
        within=hours(8), ladder=(Rung(AT_ONCE, SERGEANT), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        owed_by=SERGEANT, wants=f"{TALK}.approve-plan", why="Somebody waits to interview",
        meets="A supervisor approves or returns the plan", missed="The sergeant is told again, an inspector after four hours",
        authority="S3-104: investigative interviewing is supervised; within a tour of duty, taken as 8 hours [R]",
    ),
    Policy(
        "interview-summary-checked", "Check an interview summary",
        starts=frozenset({f"{TALK}.hold"}), stops=frozenset({f"{TALK}.check-summary", f"{TALK}.return-summary"}),
        drops=frozenset({f"{TALK}.withdraw-summary"}),
        within=hours(72), ladder=(Rung(-24, SERGEANT), Rung(0, SERGEANT), Rung(24, INSPECTOR)),
        owed_by=SERGEANT, wants=f"{TALK}.check-summary", why="An interview was held",
        meets="A supervisor checks or returns the summary", missed="The sergeant is told again, an inspector after a day",
        authority="S3-104: interview plan and summary with supervisor approval; within 72 hours [R]",
    ),
)  # fmt: skip
