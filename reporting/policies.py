"""The clocks of what is asked and of what is found: who hears when nobody asks, and when nothing is done."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from reporting.packs.declare import PACKS
from reporting.steps import FINDING, PACK, REVIEW, SURVEY
from workflow.clock import LONDON, Length, days, hours, working_days
from workflow.policies import HOLDER, Again, Policy, Rung, declare

SPECIALIST, COORDINATOR, SUPERINTENDENT = "da_specialist", "da_coordinator", "superintendent"
AN_HOUR = timedelta(hours=1)
A_DAY, A_WEEK = 24, 168


def event(name: str, *steps: str) -> frozenset[str]:
    return frozenset(f"{name}.{step}" for step in steps)


ASKED, FOUND, MINUTES, MADE = SURVEY.name, FINDING.name, REVIEW.name, PACK.name
COMMAND = "command"
FIRST = -1000  # hours: before any of them starts, so at the next sweep


def days_of_the_rule(survey: Any) -> Length | None:
    """As many days as the rule says under which somebody was drawn."""
    return days(survey.draw.rule.ask_within_days)


def when_asked(survey: Any) -> datetime | None:
    found: datetime | None = survey.asked_at
    return found


def an_hour_before_its_day_ends(finding: Any) -> datetime | None:
    """The action itself says by which day: the clock ends with it."""
    ends: datetime = datetime.combine(finding.due_on, time(23, 59, 59), LONDON)
    return ends - AN_HOUR


def one_hour(finding: Any) -> Length | None:
    return hours(1)


def is_signed_off(snapshot: Any) -> bool:
    """whether somebody signs such a pack off at all"""
    return bool(PACKS[snapshot.pack].signs)


def signer_of(snapshot: Any) -> int | None:
    """The person it was sent to."""
    found: int | None = snapshot.signer_id
    return found


declare(
    Policy(
        "survey-asked", "Ask somebody how the police did",
        starts=event(ASKED, "draw"), stops=event(ASKED, "answer", "decline"), until=when_asked,
        drops=event(ASKED, "not-safe", "give-up", "call-off"), within=days(28), own=days_of_the_rule, owed_by=SPECIALIST,
        ladder=(Rung(-A_WEEK, SPECIALIST), Rung(0, SPECIALIST), Rung(3 * A_DAY, COORDINATOR), Rung(2 * A_WEEK, SUPERINTENDENT)),
        wants=f"{ASKED}.answer", why="Drawn for a survey", outlives=True,
        meets="They answer, or decline; or somebody says why they were not asked",
        missed="The specialists are told again, the coordinator after three days",
        authority="S3-015: surveys are run as a routine; the days are those of the rule of the sample, with its own authority [R]",
    ),
    Policy(
        "finding-decided", "Decide what is done about a finding",
        starts=event(FOUND, "record", "reopen"), stops=event(FOUND, "act", "leave"), within=days(28), owed_by=COORDINATOR,
        ladder=(Rung(-A_WEEK, COORDINATOR), Rung(0, COORDINATOR), Rung(A_WEEK, SUPERINTENDENT)),
        wants=f"{FOUND}.act", why="Somebody said something about how we do",
        meets="An action with its owner and its day, or the reason why there is none",
        missed="The coordinator is told again, a superintendent after a week",
        authority="S2-006, S3-015: what people say shapes the service; decided within 28 days [R]",
    ),
    Policy(
        "finding-done", "Do what was agreed about a finding",
        starts=event(FOUND, "act", "extend"), from_=an_hour_before_its_day_ends, own=one_hour, within=hours(1),
        again=Again.RESTART, stops=event(FOUND, "finish"), drops=event(FOUND, "leave"), owed_by=COORDINATOR,
        ladder=(Rung(-A_WEEK, COORDINATOR), Rung(0, COORDINATOR), Rung(A_WEEK, SUPERINTENDENT)),
        wants=f"{FOUND}.finish", why="You said, we do",
        meets="Somebody says what was done", missed="The coordinator asks whose it is; a superintendent is told after a week",
        authority="S3-015: an action log from findings; the day is the action’s own; who hears [R]",
    ),
    Policy(
        "review-issued", "Issue the minutes of a review",
        starts=event(MINUTES, "minute"), stops=event(MINUTES, "issue"), within=days(14), owed_by=COORDINATOR,
        ladder=(Rung(-3 * A_DAY, COORDINATOR), Rung(0, COORDINATOR), Rung(A_WEEK, SUPERINTENDENT)),
        wants=f"{MINUTES}.issue", why="Written, and read by nobody",
        meets="The agencies that were there read them", missed="The coordinator is told again, a superintendent after a week",
        authority="S2-016: outcomes are reviewed with partners; minutes within 14 days [R]",
    ),
    Policy(
        "pack-signed", "Sign a pack of figures off",
        starts=event(MADE, "make"), stops=event(MADE, "sign"), drops=event(MADE, "withdraw"), applies=is_signed_off,
        within=working_days(10), owed_by=SUPERINTENDENT,
        ladder=(Rung(FIRST, SUPERINTENDENT), Rung(-2 * A_DAY, SUPERINTENDENT), Rung(0, SUPERINTENDENT), Rung(A_WEEK, COMMAND)),
        wants=f"{MADE}.send", why="A pack is ready and nobody has signed it off",
        meets="A named person signs it off", missed="A superintendent is told again, command after a week",
        authority="S2-026: data is reviewed monthly or at least quarterly, and the review is signed; within 10 working days [R]",
    ),
    Policy(
        "pack-read", "Read a pack that was sent to you",
        starts=event(MADE, "send"), stops=event(MADE, "sign", "return"), drops=event(MADE, "recall", "withdraw"),
        within=working_days(5), owed_by=HOLDER, held=signer_of, again=Again.ANOTHER,
        ladder=(Rung(FIRST, HOLDER), Rung(0, HOLDER), Rung(2 * A_DAY, SUPERINTENDENT)),
        wants=f"{MADE}.sign", why="Sent to you to be signed off",
        meets="You sign it off, or send it back", missed="You are told again, a superintendent after two days",
        authority="S2-026, S3-158: the named person reads what they sign; within 5 working days [R]",
    ),
)  # fmt: skip
