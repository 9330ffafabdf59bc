"""EVERY CLOCK. A row says what is owed, from which fact, within how long, by whom, and who hears of it.

Lengths and ladders are the defaults: an approved PolicySetting overrides them for starts on or after its date. `[S]` in
an authority was read in a source; `[R]` is a recommendation of this product and for the force to confirm.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.roles import ROLES
from cases.models import Incident
from cases.models.answers.call import GRADES as CALL_GRADES
from cases.models.answers.call import CallResult
from cases.models.linked_referral import ASKED_BY_TASK
from cases.models.task import TABLE as TASKS
from cases.models.task import TaskKind
from risk.services.plans import grade_of as graded_as
from supervision.clocks_of_arrest import ROWS as CLOCKS_OF_ARREST
from supervision.clocks_of_crime import ROWS as CLOCKS_OF_CRIME
from supervision.clocks_of_crime import the_incident, time_of_report
from supervision.clocks_of_decisions import ROWS as CLOCKS_OF_DECISIONS
from supervision.clocks_of_disclosures import clocks_of_disclosures
from supervision.clocks_of_encompass import ROWS as CLOCKS_OF_ENCOMPASS
from supervision.clocks_of_forum_actions import ROWS as CLOCKS_OF_FORUM_ACTIONS
from supervision.clocks_of_forums import ROWS as CLOCKS_OF_FORUMS
from supervision.clocks_of_intakes import ROWS as CLOCKS_OF_INTAKES
from supervision.clocks_of_intelligence import ROWS as CLOCKS_OF_INTELLIGENCE
from supervision.clocks_of_marac_referrals import ROWS as CLOCKS_OF_MARAC_REFERRALS
from supervision.clocks_of_plans import ROWS as CLOCKS_OF_PLANS
from supervision.clocks_of_reassessment import CAME_BACK
from supervision.clocks_of_reassessment import ROWS as CLOCKS_OF_REASSESSMENT
from supervision.clocks_of_rooms import ROWS as CLOCKS_OF_ROOMS
from supervision.clocks_of_safeguarding import ROWS as CLOCKS_OF_SAFEGUARDING
from supervision.clocks_of_safety_plans import clocks_of_safety_plans
from workflow.clock import hours, minutes, working_days
from workflow.declare import WORKFLOWS
from workflow.policies import AT_ONCE, HOLDER, OTHER, Policy, Rung, declare

SERGEANT, INSPECTOR, STANDARDS = "sergeant", "inspector", "professional_standards"
SUPERINTENDENT = "superintendent"
CONTROL = "control_supervisor"
HIGH = "high"
CHECKED = frozenset({"incident.approve", "incident.return"})
GRADED = frozenset({"assessment.grade", "assessment.raise"})
#: Whatever leaves the case with another grade than before.
EVERY_GRADE = GRADED | CAME_BACK | frozenset({"downgrade.lower", "reassessment.done"})


def the_folder(record: Any) -> Any:
    return record.folder


def the_case_concerned(record: Any) -> Any:
    """The case that a concern about an access concerns; the case itself."""
    return getattr(record, "concerning", record)


def grade_of(record: Any) -> str:
    """The grade in force on the case, or the word for every other case."""
    return graded_as(record.folder) or OTHER


def is_high(record: Any) -> bool:
    """the case is graded high"""
    return grade_of(record) == HIGH


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
        starts=frozenset({"incident.return", "incident.correct", "incident.withdraw", "incident.hand-back", "arrest.return"}),
        stops=frozenset({"incident.submit"}), of=the_incident,
        within=hours(12), ladder=(Rung(-12, HOLDER), Rung(-4, HOLDER), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        wants="incident.submit", why="Returned, or opened again to be corrected",
        meets="The record is sent again", missed="The sergeant is told at once, an inspector after four hours",
        authority="Returned work is sent again within one turn of duty, taken as 12 hours [R]",
    ),
    Policy(
        "dash-checked", "Check DASH",
        starts=frozenset({"incident.submit"}), stops=CHECKED, drops=frozenset({"incident.withdraw", "incident.hand-back"}),
        of=the_incident, by=grade_of, refits=GRADED,
        within={HIGH: hours(1), OTHER: hours(24)},
        ladder=(Rung(-0.5, SERGEANT), Rung(0, SERGEANT), Rung(2, INSPECTOR)),
        owed_by=SERGEANT, wants="incident.approve", why="Sent and waiting for a decision",
        meets="A sergeant approves or returns it", missed="The sergeant is told again, an inspector after two hours",
        authority="RC4: supervised by the end of the tour, at most 24 hours; high 1 hour [R; 002:71]",
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
        starts=GRADED | CAME_BACK | {"reassessment.done"}, applies=is_high, of=the_folder, stops=frozenset({"case.hold"}),
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


declare(
    Policy(
        "threat-decided", "Decide on a threat to life",
        starts=frozenset({"threat.raise"}), stops=frozenset({"threat.decide"}),
        within=hours(1), ladder=(Rung(AT_ONCE, INSPECTOR), Rung(0, SUPERINTENDENT), Rung(0.5, SUPERINTENDENT)),
        owed_by=INSPECTOR, wants="threat.decide", why="Somebody's life is said to be threatened",
        meets="An inspector decides", missed="A superintendent is told at once, and again after half an hour",
        authority="S3-070: a real and immediate risk to life reaches an inspector at once; decided within 1 hour [R]",
    ),
    Policy(
        "threat-reviewed", "Review a threat to life",
        starts=frozenset({"threat.decide"}), stops=frozenset({"threat.review"}), drops=frozenset({"threat.close"}),
        within=hours(24), ladder=(Rung(-2, INSPECTOR), Rung(0, INSPECTOR), Rung(2, SUPERINTENDENT)), repeats=True,
        owed_by=INSPECTOR, wants="threat.review", why="A threat to life is still open",
        meets="An inspector reviews it, or closes it", missed="A superintendent is told after two hours",
        authority="An open threat to life is looked at again each day [R]",
    ),
)  # fmt: skip


def time_of_call(call: Any) -> datetime | None:
    """How soon officers are there runs from the call, not from when it was typed in or graded again."""
    moment: datetime | None = call.received_at
    return moment


def time_of_arrival(call: Any) -> datetime | None:
    moment: datetime | None = call.arrived_at
    return moment


def needs_officers(call: Any) -> bool:
    """the grade has somebody sent, and nobody is there yet"""
    return bool(call.needs_officers) and call.arrived_at is None


def the_call(record: Any) -> Any:
    """A call is itself; the record of an incident leads to the call it was begun from, if to any."""
    return record.call if isinstance(record, Incident) else record


def wants_a_record(call: Any) -> bool:
    """officers were there, nobody says that it was no domestic abuse, and no record of it was begun"""
    return bool(call.result == CallResult.ATTENDED and call.confirmed != "no" and call.record is None)


def grade_of_call(call: Any) -> str:
    return str(call.grade)


declare(
    Policy(
        "call-response", "Officers at the call",
        starts=frozenset({"call.take", "call.regrade"}), from_=time_of_call, applies=needs_officers,
        stops=frozenset({"call.arrive"}), until=time_of_arrival, drops=frozenset({"call.close"}),
        retimes=frozenset({"call.correct-times"}),
        by=grade_of_call, refits=frozenset({"call.regrade"}),
        within={row.code: row.target for row in CALL_GRADES if row.target} | {OTHER: hours(48)},
        ladder=(Rung(0, CONTROL), Rung(1, INSPECTOR)),
        owed_by=CONTROL, wants="call.arrive", why="Nobody is there yet",
        meets="Officers arrive", missed="The control-room supervisor is told at once, an inspector after an hour",
        authority="S0-018: timely for the risk presented. " + "; ".join(f"{row.label}: {row.authority}" for row in CALL_GRADES),
    ),
    Policy(
        "call-reviewed", "Review the call",
        starts=frozenset({"call.take"}), from_=time_of_call, stops=frozenset({"call.review"}),
        within=hours(8), ladder=(Rung(-1, CONTROL), Rung(0, CONTROL), Rung(4, INSPECTOR)),
        owed_by=CONTROL, wants="call.review", why="Was the grade right?",
        meets="A supervisor reviews it", missed="The control-room supervisor is told again, an inspector after four hours",
        authority="S3-096, S3-097: every call is reviewed within the tour, taken as 8 hours [R]",
    ),
    Policy(
        "call-recorded", "Record what was attended",
        starts=frozenset({"call.close"}), from_=time_of_call, applies=wants_a_record, of=the_call,
        stops=frozenset({"incident.begin"}), refits=frozenset({"call.confirm"}),
        within=hours(24), ladder=(Rung(-4, SERGEANT), Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        owed_by=SERGEANT, wants="incident.begin", why="Attended, and no record of it begun",
        meets="The record of the incident is begun from the call, or somebody says that it was no domestic abuse",
        missed="The sergeant is told at once, an inspector after four hours",
        authority="RC1 runs from the report: what was attended is recorded within 24 hours of the call [R]",
    ),
    Policy(
        "critical-command", "Take command",
        starts=frozenset({"call.declare"}), stops=frozenset({"call.command"}), drops=frozenset({"call.stand-down"}),
        within=minutes(15), ladder=(Rung(AT_ONCE, INSPECTOR), Rung(0, SUPERINTENDENT)),
        owed_by=INSPECTOR, wants="call.command", why="A critical incident is declared",
        meets="An inspector takes command", missed="A superintendent is told at once",
        authority="S3-084: an inspector hears of a siege at once and takes command within 15 minutes [R]",
    ),
)  # fmt: skip


def fact_behind(task: Any) -> datetime | None:
    """A second photograph is owed from when it happened (A.9); any other task from when it was raised."""
    if task.kind != "injuries_again":
        return None
    times = Incident.objects.filter(pk=task.about_id).values_list("occurred_from", "reported_at").first()
    return (times[0] or times[1]) if times else None


def wanted_by(kind: TaskKind) -> str:
    """Where the task is done: a task that asks for a referral, or for a look at a flag, by the record that answers it."""
    if kind.code in ASKED_BY_TASK:
        return "linked-referral.send"
    return "serial-plan.begin" if kind.code == "serial_flag" else "task.done"


#: Who hears of a task that was missed, where it is no inspector: of a consideration nobody else may know.
ABOVE_OF = {
    INSPECTOR: SUPERINTENDENT, SUPERINTENDENT: SUPERINTENDENT, "disclosure_officer": "disclosure_supervisor",
    "disclosure_supervisor": "disclosure_supervisor",
}  # fmt: skip


def task_clock(kind: TaskKind) -> Policy:
    """The clock of one kind of task: its role hears at once, and whoever is above it when it is missed."""

    def is_of_this_kind(task: Any) -> bool:
        return bool(task.kind == kind.code)

    is_of_this_kind.__doc__ = f"the task is of the kind “{kind.label}”"
    above = ABOVE_OF.get(kind.role, INSPECTOR)
    return Policy(
        f"task-{kind.code.replace('_', '-')}", kind.label,
        starts=frozenset({"task.raise"}), from_=fact_behind, applies=is_of_this_kind, stops=frozenset({"task.done"}),
        drops=frozenset({"task.not-needed"}), within=hours(kind.within),
        ladder=(Rung(AT_ONCE, kind.role), Rung(0, above)),
        owed_by=kind.role, wants=wanted_by(kind), why="A task on the case",
        meets="Whoever owes it says what was done", missed=f"The {ROLES[above].label.lower()} is told at once",
        authority=kind.authority,
    )  # fmt: skip


declare(*(task_clock(kind) for kind in TASKS))
declare(*CLOCKS_OF_ARREST)
declare(*CLOCKS_OF_CRIME)
declare(*CLOCKS_OF_FORUMS)
declare(*CLOCKS_OF_INTELLIGENCE)
declare(*CLOCKS_OF_PLANS)
declare(*CLOCKS_OF_REASSESSMENT)
declare(*CLOCKS_OF_DECISIONS)
declare(*CLOCKS_OF_ENCOMPASS)
declare(*CLOCKS_OF_ROOMS)
declare(*clocks_of_safety_plans(EVERY_GRADE, grade_of))

# --- referrals to others, exchange log, joint actions, agreements, services ---
declare(*CLOCKS_OF_SAFEGUARDING)
# --- forums: referrals (M1) ---
declare(*CLOCKS_OF_MARAC_REFERRALS)
declare(*CLOCKS_OF_FORUM_ACTIONS)

# --- what waits at the door ---
declare(*CLOCKS_OF_INTAKES)
# --- Clare's Law (B) ---
declare(*clocks_of_disclosures(*(of_every_workflow(step) for step in ("unsafe", "safe", "safeguard"))))
