"""EVERY CLOCK. A row says what is owed, from which fact, within how long, by whom, and who hears of it.

Lengths and ladders are the defaults: an approved PolicySetting overrides them for starts on or after its date. `[S]` in
an authority was read in a source; `[R]` is a recommendation of this product and for the force to confirm.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from risk.models import current_grades
from workflow.clock import hours, working_days
from workflow.deadlines import HOLDER, OTHER, Policy, Rung, declare
from workflow.declare import WORKFLOWS

SERGEANT, INSPECTOR, STANDARDS = "sergeant", "inspector", "professional_standards"
AT_ONCE = -240  # hours before the due moment: passed already when the clock starts, so told at the next sweep
HIGH = "high"
CHECKED = frozenset({"incident.approve", "incident.return"})
GRADED = frozenset({"assessment.grade", "assessment.raise"})


def the_folder(record: Any) -> Any:
    return record.folder


def the_case_concerned(record: Any) -> Any:
    """The case that a concern about an access concerns; the case itself."""
    return getattr(record, "concerning", record)


def the_incident(record: Any) -> Any:
    """An incident is itself; an assessment leads to the incident it is a part of, if to any."""
    return getattr(record, "incident", record)


def time_of_report(incident: Any) -> datetime | None:
    """The fact that starts RC1 is the report to police, not when somebody began to type."""
    moment: datetime | None = incident.reported_at
    return moment


def grade_of(record: Any) -> str:
    """The grade in force on the case, or the word for every other case."""
    return current_grades([record.folder.pk]).get(record.folder.pk) or OTHER


def is_high(record: Any) -> bool:
    """the case is graded high"""
    return grade_of(record) == HIGH


def not_arrested(incident: Any) -> bool:
    """a reason is coded why nobody was arrested"""
    return bool(incident.no_arrest_code)


def of_every_workflow(step: str) -> frozenset[str]:
    """The same safety act whatever record it was taken from: incident.unsafe, assessment.unsafe, case.unsafe."""
    return frozenset(table.event(step) for table in WORKFLOWS.values() if any(row.name == step for row in table.steps))


declare(
    Policy(
        "record-sent", "Send the record",
        starts=frozenset({"incident.begin"}), from_=time_of_report, stops=frozenset({"incident.submit"}),
        within=hours(24), ladder=(Rung(-4, HOLDER), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        wants="incident.submit", why="Recorded within 24 hours of the report",
        meets="The record is sent to a sergeant", missed="The sergeant is told at once, an inspector after four hours",
        authority="RC1: recorded within 24 hours of the report to police [S HMI-NCRS]; who is told and when [R]",
    ),
    Policy(
        "returned-mended", "Mend the record",
        starts=frozenset({"incident.return", "incident.correct"}), stops=frozenset({"incident.submit"}),
        within=hours(12), ladder=(Rung(-12, HOLDER), Rung(-4, HOLDER), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        wants="incident.submit", why="Returned, or opened again to be corrected",
        meets="The record is sent again", missed="The sergeant is told at once, an inspector after four hours",
        authority="Returned work is sent again within one turn of duty, taken as 12 hours [R]",
    ),
    Policy(
        "dash-checked", "Check DASH",
        starts=frozenset({"incident.submit"}), stops=CHECKED, drops=frozenset({"incident.withdraw"}),
        of=the_incident, by=grade_of, refits=GRADED,
        within={HIGH: hours(1), OTHER: hours(24)},
        ladder=(Rung(-0.5, SERGEANT), Rung(0, SERGEANT), Rung(2, INSPECTOR)),
        owed_by=SERGEANT, wants="incident.approve", why="Sent and waiting for a decision",
        meets="A sergeant approves or returns it", missed="The sergeant is told again, an inspector after two hours",
        authority="RC4: supervised by the end of the tour, at most 24 hours; high 1 hour [R; 002:71]",
    ),
    Policy(
        "no-arrest-checked", "No-arrest reason",
        starts=frozenset({"incident.submit"}), stops=CHECKED, drops=frozenset({"incident.withdraw"}),
        of=the_incident, applies=not_arrested,
        within=hours(8), ladder=(Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        owed_by=SERGEANT, wants="incident.approve", why="Nobody was arrested: is the reason enough?",
        meets="A sergeant approves or returns it", missed="The sergeant is told at once, an inspector after four hours",
        authority="RC5: reviewed by the end of the tour, taken as 8 hours [R; 003:247]",
    ),
    Policy(
        "unsafe-answered", "Answer: unsafe now",
        starts=of_every_workflow("unsafe"), stops=of_every_workflow("safe"), of=the_folder,
        within=hours(1), ladder=(Rung(-1, SERGEANT), Rung(0, SERGEANT), Rung(0.5, INSPECTOR)),
        wants="case.safe", why="Somebody is said to be unsafe now",
        meets="Somebody says that everyone is safe, and how",
        missed="The sergeant is told again, an inspector after half an hour",
        authority="Somebody said to be unsafe is answered within 1 hour [R]",
    ),
    Policy(
        "high-owner", "Name an owner",
        starts=GRADED, applies=is_high, of=the_folder, stops=frozenset({"case.hold"}),
        within=hours(4), ladder=(Rung(-3, SERGEANT), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        owed_by=SERGEANT, wants="case.hold", why="Graded high",
        meets="Somebody is named as holding the case",
        missed="The sergeant is told again, an inspector after four hours",
        authority="RC6: a high-risk case has a named owner within 4 hours, acknowledged within 1 [R; 003:193]",
    ),
    Policy(
        "access-looked-into", "Look into an access",
        starts=frozenset({"concern.emergency", "concern.raise"}), stops=frozenset({"concern.review"}),
        within=working_days(1), ladder=(Rung(AT_ONCE, STANDARDS), Rung(0, STANDARDS), Rung(24, STANDARDS)),
        owed_by=STANDARDS, wants="concern.review", why="Somebody opened, or looked for, what is closed to them",
        meets="Professional standards say what they found",
        missed="Professional standards are told again, and once more after a day",
        authority="An emergency opening is looked into within 1 working day [R]",
    ),
    Policy(
        "emergency-known", "Know of an emergency opening",
        starts=frozenset({"concern.emergency"}), of=the_case_concerned, stops=frozenset({"case.know"}),
        drops=frozenset({"concern.review"}),
        within=working_days(1), ladder=(Rung(AT_ONCE, HOLDER), Rung(AT_ONCE + 1, SERGEANT), Rung(0, STANDARDS)),
        wants="case.know", why="The case was opened in an emergency",
        meets="Whoever holds the case says what they know of it", missed="Professional standards are told",
        authority="Whoever holds a restricted case hears at once that it was opened in an emergency [R]",
    ),
)  # fmt: skip
