"""The clocks of Clare’s Law, K0 to K9 (dvds.md, part C): law runs from the first contact, and no date ever moves for a delay.

Lengths by profile stand in the rows; a force’s setting says them the same way (`dvds-2013=days:35 other=days:28`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dvds.models import (
    Application,
    Asks,
    FaceToFace,
    FinalReport,
    ForumDecision,
    FullAssessment,
    NothingToTell,
    Profile,
)
from dvds.services import limits
from dvds.services.backward import TO_TELL
from dvds.steps import CONSIDERATION
from risk.models import Grade
from workflow.clock import days, hours, minutes, working_days
from workflow.policies import AT_ONCE, HOLDER, OTHER, Policy, Rung

SUPERVISOR = "disclosure_supervisor"
NAME, REPORT = CONSIDERATION.name, "final-report"
S = Application.State
OLD = Profile.OLD.value
OVERALL_DAYS = {OLD: 35, OTHER: 28}
QUARTER = 0.25  # of an hour
#: Where nobody is owed a decision any more: it ends, or is another's, or is kept as it stands.
ENDS = ("concluding", "merged", "transferred", "frozen")


def event(*steps: str) -> frozenset[str]:
    return frozenset(f"{NAME}.{step}" for step in steps)


def into(*states: str) -> frozenset[str]:
    """Every act that brings one into these states, whichever part of the table it stands in."""
    return frozenset(CONSIDERATION.event(step.name) for step in CONSIDERATION.steps if step.target in states)


def back(*states: str) -> frozenset[str]:
    """Every act by which one that was kept as it stood goes on."""
    kept = {"frozen"} & set(S)
    return frozenset(
        CONSIDERATION.event(step.name)
        for step in CONSIDERATION.steps
        if kept & set(CONSIDERATION.sources(step)) and step.target in states
    )


def asked(application: Any) -> bool:
    """somebody asked"""
    return bool(application.asked)


def told_to_us(application: Any) -> bool:
    """nobody asked: right to know"""
    return not application.asked


def first_contact(application: Any) -> datetime | None:
    """When the police first heard of it, on whatever route, however late it was recorded."""
    moment: datetime | None = application.first_contact_at
    return moment


def profile_of(application: Any) -> str:
    return str(application.profile)


def risk_of(application: Any) -> str:
    return str(application.risk)


def newest(rows: Any, application: Any) -> Any:
    return rows.objects.standing().filter(application=application).order_by("-pk").first()


def when_met(application: Any) -> datetime | None:
    """Held, not booked, and not when it was written down."""
    meeting = newest(FaceToFace, application)
    return meeting.held_at if meeting else None


def when_assessed(application: Any) -> datetime | None:
    assessment = newest(FullAssessment, application)
    return assessment.done_at if assessment else None


def when_decided(application: Any) -> datetime | None:
    decision = newest(ForumDecision, application)
    return decision.decided_at if decision else None


def when_over(application: Any) -> datetime | None:
    """When somebody was told, or was told that there is nothing to tell; else when the act was recorded."""
    if application.state == S.INFORMED:
        said = newest(NothingToTell, application)
        return said.at if said else None
    moment: datetime | None = application.told_at if application.state == S.TOLD else None
    return moment


def asks_for_themselves(application: Any) -> bool:
    """the applicant is the person at risk"""
    return bool(application.asks_as == Asks.SELF)


def is_over(application: Any) -> bool:
    """told, informed, or, where nobody asked, decided; a request goes on until its applicant is informed"""
    return not (application.asked and application.state == S.NOT_TO_TELL)


def is_to_be_told(application: Any) -> bool:
    """somebody is to be told, or the applicant that there is nothing to tell"""
    return bool(application.state == S.TO_TELL or application.asked)


def the_application(record: Any) -> Any:
    """What owes: the consideration itself, and for its final report the consideration that it ends."""
    return record.application if isinstance(record, FinalReport) else record


def not_reported(application: Any) -> bool:
    """its final report has no reference yet"""
    return not application.intelligence_ref


def the_case(record: Any) -> Any:
    return record.folder


def is_a_consideration(record: Any) -> bool:
    """the case is a consideration of Clare’s Law"""
    return bool(record.folder.kind == record.folder.Kind.DISCLOSURE)


def clocks_of_disclosures(
    unsafe: frozenset[str], safe: frozenset[str], safeguard: frozenset[str]
) -> tuple[Policy, ...]:
    """The rows. `unsafe`, `safe` and `safeguard` are the events of those safety acts, from whatever record they are taken."""
    ladder = (Rung(-24, HOLDER), Rung(0, SUPERVISOR), Rung(24, SUPERVISOR))
    ended, opened = into(*ENDS), event("open") | back(S.CHECKS)
    lapsed = "The unit’s supervisor is told at once, and again after a day; the date does not move"
    return (
        Policy(
            limits.DANGER, "Make somebody safe",
            starts=unsafe, of=the_case, applies=is_a_consideration, stops=safeguard, drops=safe,
            within=minutes(15), ladder=(Rung(AT_ONCE, HOLDER), Rung(0, SUPERVISOR), Rung(QUARTER, SUPERVISOR)),
            wants="case.safeguard", why="Somebody is said to be unsafe now",
            meets="What was done to make them safer is recorded, or that everyone is safe",
            missed="The unit’s supervisor is told after 15 minutes and after 30",
            authority="K0: immediate safeguarding at any stage [S592, S619]; 15 and 30 minutes [R]",
        ),
        Policy(
            limits.CHECKS, "Finish the initial checks, and decide",
            starts=opened, from_=first_contact, corrected_by=event("take-in"), applies=asked,
            stops=event("progress", "agree-stop"),
            drops=event("withdraw", "go-on-unasked") | ended,
            within=hours(24), ladder=(Rung(-8, HOLDER), Rung(-4, SUPERVISOR), Rung(0, SUPERVISOR), Rung(24, SUPERVISOR)),
            wants=f"{NAME}.progress", why="Every minimum source, and whether it goes on",
            meets="Every minimum check has its result and it is decided whether it goes on", missed=lapsed,
            authority="K1: 24 elapsed hours from first contact, in both profiles [S623; 2023 M]; who hears [R]",
        ),
        Policy(
            limits.CHECKS_TOLD, "Check and triage what we were told",
            starts=opened | event("go-on-unasked"), from_=first_contact, corrected_by=event("take-in"), applies=told_to_us,
            stops=event("triage"), drops=ended,
            within=hours(24), ladder=(Rung(-4, HOLDER), Rung(0, SUPERVISOR), Rung(24, SUPERVISOR)),
            wants=f"{NAME}.triage", why="Every minimum source, of both people",
            meets="It is checked and triaged", missed=lapsed,
            authority="K1′: no limit in any guidance; 24 hours is the force’s own target [R]",
        ),
        Policy(
            limits.MEETING, "Meet face to face",
            starts=opened, from_=first_contact, corrected_by=event("take-in"), applies=asked,
            stops=event("hold-meeting"), until=when_met, drops=event("withdraw", "go-on-unasked") | ended,
            within=working_days(10), ladder=(Rung(-48, HOLDER), Rung(-24, SUPERVISOR), Rung(0, SUPERVISOR), Rung(24, SUPERVISOR)),
            wants=f"{NAME}.hold-meeting", why="The meeting is held, not booked",
            meets="The meeting is held", missed=lapsed,
            authority="K2: 10 working days from initial contact [S647; 2023 M]; who hears [R]",
        ),
        Policy(
            limits.ASSESSED, "Assess in full",
            starts=event("hold-meeting"), from_=when_met, applies=asks_for_themselves,
            stops=event("assess"), until=when_assessed, drops=event("withdraw", "go-on-unasked") | ended,
            within=working_days(5), ladder=ladder,
            wants=f"{NAME}.assess", why="The applicant is the person at risk",
            meets="The full assessment is signed", missed=lapsed,
            authority="K3: 5 working days [S659]; its start is not stated, read as the meeting [R]; 2023 [M]",
        ),
        Policy(
            limits.REFERRED, "Categorise, and refer to the forum",
            starts=event("hold-meeting"), from_=when_met, applies=asked,
            stops=event("sign"), drops=event("withdraw", "go-on-unasked") | ended,
            within=working_days(5), ladder=ladder,
            wants=f"{NAME}.categorise", why="Concern or no concern, and the forum",
            meets="A supervisor signs it and it goes to the forum", missed=lapsed,
            authority="K4: 5 working days from the meeting [S684]; 2023 not seen, must fit in 28 days",
        ),
        Policy(
            limits.REFERRED_TOLD, "Categorise, and refer to the forum",
            starts=opened | event("go-on-unasked"), from_=first_contact, corrected_by=event("take-in"), applies=told_to_us,
            stops=event("sign"), drops=ended, within=working_days(5), ladder=ladder,
            wants=f"{NAME}.categorise", why="5 working days from what we were told",
            meets="A supervisor signs it and it goes to the forum", missed=lapsed,
            authority="K4′: 5 working days from receipt of the information [S684]; 2023 not seen",
        ),
        Policy(
            limits.DECIDED, "Get the forum’s decision",
            starts=event("sign", "resume", "decide-again"), from_=first_contact, corrected_by=event("take-in"), by=profile_of,
            stops=event("decide-tell", "decide-not-tell"), until=when_decided, drops=event("withdraw", "go-on-unasked") | ended,
            within={name: days(most - TO_TELL.days) for name, most in OVERALL_DAYS.items()},
            ladder=(Rung(-72, HOLDER), Rung(-48, SUPERVISOR), Rung(0, SUPERVISOR), Rung(24, SUPERVISOR)),
            wants=f"{NAME}.decide-tell", why="No set limit: it must leave two days to tell",
            meets="The forum decides", missed=lapsed,
            authority="K9: none in any guidance; the overall limit less two days to tell [R]",
        ),
        Policy(
            limits.TOLD, "Do what was decided",
            starts=event("decide-tell", "decide-not-tell"), from_=when_decided, applies=is_to_be_told,
            stops=event("told", "declined", "unreachable", "inform"), until=when_over,
            drops=event("decide-again", "withdraw") | ended,
            by=risk_of, refits=event("judge-again"), only_sooner=True,
            within={Grade.HIGH.value: working_days(1), OTHER: working_days(5)}, ladder=ladder,
            wants=f"{NAME}.inform", why="In person, in a safe place, at a safe time",
            meets="It is told, or the last try is made", missed=lapsed,
            authority="K5: none in any guidance; 5 working days, high risk the next one, is the force’s own target [R]",
        ),
        Policy(
            limits.OVERALL, "Finish within the overall limit",
            starts=opened, from_=first_contact, corrected_by=event("take-in"), by=profile_of,
            stops=event("told", "declined", "unreachable", "inform", "decide-not-tell", "conclude-untold", "agree-stop"),
            met=is_over, until=when_over, drops=ended,
            within={name: days(most) for name, most in OVERALL_DAYS.items()},
            ladder=(Rung(-168, HOLDER), Rung(-72, SUPERVISOR), Rung(0, SUPERVISOR), Rung(24, SUPERVISOR)),
            wants=f"{NAME}.inform", why="From first contact to the end, on either route",
            meets="Somebody is told, or the applicant is informed in person; where nobody asked, the decision is recorded",
            missed="A limit of statutory guidance is missed: the unit’s supervisor is told at once and after a day",
            authority="K6, K7: 28 days, statutory guidance of 2023 [S OM, B25]; 35 under that of 2013 [K], where nobody asked [R]",
        ),
        Policy(
            limits.REPORTED, "Submit the final intelligence report",
            starts=into(S.CONCLUDING), applies=not_reported,
            stops=frozenset({f"{REPORT}.submit"}) | event("close"), of=the_application,
            within=hours(24), ladder=(Rung(-4, HOLDER), Rung(0, SUPERVISOR), Rung(24, SUPERVISOR)),
            wants=f"{NAME}.close", why="Every one of them, whatever was decided",
            meets="The report is submitted and its reference recorded", missed=lapsed,
            authority="K8: on conclusion [S762]; S3-212: submitted within 24 hours, the force’s own target [R]",
        ),
        Policy(
            limits.UPLOADED, "See that the final report can be found",
            starts=frozenset({f"{REPORT}.submit"}), stops=frozenset({f"{REPORT}.upload"}), of=the_application,
            within=hours(72), ladder=(Rung(-24, HOLDER), Rung(0, SUPERVISOR), Rung(48, SUPERVISOR)), outlives=True,
            wants=f"{REPORT}.upload", why="Submitted, and not to be found yet by other forces",
            meets="It is to be found by every force", missed=lapsed,
            authority="S762, S3-212: retrievable by all forces without delay, taken as 72 hours [R]",
        ),
    )  # fmt: skip
