"""What was owed: an event that began each case, and its deadlines, met, late, or still open."""

# ruff: noqa: E501, S608 - SQL of our own numbers and words, its expressions whole
from __future__ import annotations

from dataclasses import dataclass

from audit.models import Event
from benchmarks.years.drawing import days, draw, hours, pour, spread
from benchmarks.years.ground import UNTIL, Ground, lately
from benchmarks.years.reports import REPORTS, case_id, incident_id
from benchmarks.years.risk import ASKED_AT
from benchmarks.years.shape import CHILDREN_MOST
from cases.models import ArrestDecision, Call
from dvds.models import Application
from risk.models import SafetyPlan
from safeguarding.models import Encompass
from workflow.models import Deadline
from workflow.policies import POLICIES


@dataclass(frozen=True, slots=True)
class Owed:
    """One clock: which policy, of what, from when until when, how long it takes (SQL of hours; none: it is still open), of
    which reports, and why it is no longer owed.
    """

    policy: str
    subject: str
    subject_id: str
    started: str
    due: str
    takes: str
    where: str = "true"
    source: str = REPORTS
    dropped: str = "''"


def clocks(ground: Ground) -> tuple[Owed, ...]:
    """The clocks that every force must keep. Deadlines of what began in the last days are open, the others met or late."""
    ids = ground.ids
    incident, call = incident_id(ground), f"{ids[Call]} + r.n"
    case, decision = case_id(ground), f"{ids[ArrestDecision]} + r.n"
    children = f"{ids[Encompass]} + r.n * {CHILDREN_MOST} + c"
    target = "CASE r.call_grade WHEN 'immediate' THEN interval '15 minutes' WHEN 'priority' THEN interval '1 hour' ELSE interval '48 hours' END"
    unsent = f"({lately(2)} AND {draw('state')} >= 0.5)"
    asked = "r.dash <> '' AND r.grade"
    looked = f"{REPORTS} JOIN cases_call AS x ON x.id = {call}"
    verdicts = f"{REPORTS} JOIN cases_arrestdecision AS a ON a.id = {decision} AND a.arrested = 'no' LEFT JOIN cases_arrestverdict AS x ON x.decision_id = a.id"
    plans = f"{REPORTS} LEFT JOIN risk_safetyplan AS x ON x.id = {ids[SafetyPlan]} + r.n"
    notices = f"{REPORTS} CROSS JOIN LATERAL generate_series(0, r.children - 1) AS c JOIN safeguarding_encompass AS x ON x.id = {children}"
    of_plan = "CASE r.grade WHEN 'high' THEN interval '2 hours' ELSE interval '24 hours' END"
    of_dash = "CASE r.grade WHEN 'high' THEN interval '5 hours' ELSE interval '28 hours' END"
    day = "interval '24 hours'"
    return (
        Owed("record-sent", "cases.incident", incident, "r.at", f"r.at + {day}", spread(7, 0.8, "record sent")),
        Owed("dash-checked", "cases.incident", incident, f"r.recorded_at + {hours('4')}", f"r.recorded_at + {of_dash}", spread(3, 0.9, "dash checked"), f"NOT {unsent}"),
        Owed("crime-recorded", "cases.incident", incident, "r.at", f"r.at + {day}", spread(5.2, 0.95, "crimed")),
        Owed("no-arrest-checked", "cases.arrestdecision", "a.id", "r.at", "r.at + interval '8 hours'", until("x.recorded_at", "r.at"), source=verdicts),
        Owed("non-crime-decided", "cases.noncrime", "x.id", "x.recorded_at", f"x.recorded_at + {day}", spread(9, 0.9, "no crime decided"), source=f"{REPORTS} JOIN cases_noncrime AS x ON x.incident_id = {incident}"),
        Owed("call-response", "cases.call", "x.id", "r.at", f"r.at + {target}", until("x.arrived_at", "r.at"), "r.call_grade <> 'desk'", looked),
        Owed("call-reviewed", "cases.call", "x.id", "r.at", "r.at + interval '8 hours'", until("x.reviewed_at", "r.at"), source=looked),
        Owed("high-owner", "cases.case", case, ASKED_AT, f"{ASKED_AT} + interval '4 hours'", spread(1.5, 0.9, "owner named"), f"{asked} = 'high'"),
        Owed("safety-plan-begun", "cases.case", case, ASKED_AT, f"{ASKED_AT} + {of_plan}", spread(1.3, 1.2, "plan begun"), f"{asked} <> 'standard'", plans, "CASE WHEN x.id IS NULL THEN 'An exception was granted' ELSE '' END"),
        Owed("marac-referred", "cases.case", case, ASKED_AT, f"{ASKED_AT} + {day}", spread(11, 1.0, "referred"), f"{asked} = 'high'", f"{REPORTS} LEFT JOIN bench_referred AS x ON x.n = r.n", "CASE WHEN x.n IS NULL THEN 'A reason not to refer was agreed' ELSE '' END"),
        Owed("encompass-sent", "safeguarding.encompass", "x.id", "x.grounds_at", "x.bell_at", f"coalesce({until('x.told_at', 'x.grounds_at')}, 20)", source=notices, dropped="x.not_sent_because"),
    )  # fmt: skip


def until(moment: str, since: str) -> str:
    """SQL of the hours between two moments."""
    return f"extract(epoch FROM {moment} - {since}) / 3600"


def write_events(ground: Ground) -> int:
    """One event for each report: its beginning, to which its clocks point. Its digest is that of a number, not of a chain."""
    return pour(
        Event, REPORTS, id=f"{ground.ids[Event]} + r.n", chain=case_id(ground), number="1", name="'incident.begin'", operation="'collection'",
        subject_type="'cases.incident'", subject_id=incident_id(ground), by="r.officer", at="r.recorded_at", recorded_at="r.recorded_at",
        digest="md5(r.n::text) || md5((r.n + 1)::text)",
    )  # fmt: skip


def write_deadlines(ground: Ground) -> int:
    """Each clock in one statement. What is late was told of in full: no rung of it is ahead, so that no sweep is moved."""
    return sum(_kept(ground, owed) for owed in clocks(ground)) + _considered(ground)


def _kept(ground: Ground, owed: Owed) -> int:
    policy = POLICIES[owed.policy]
    done = f"{owed.started} + {hours(owed.takes)}"
    forgotten = f"{draw('forgotten ' + owed.policy)} < 0.004"
    met = f"({done} < {UNTIL} AND NOT {forgotten} AND NOT {lately(1)})"
    event = f"{ground.ids[Event]} + r.n"
    return pour(
        Deadline, f"{owed.source} WHERE {owed.where}", subject_type=f"'{owed.subject}'", subject_id=owed.subject_id, source_type=f"'{owed.subject}'",
        source_id=owed.subject_id, policy=f"'{policy.name}'", length="'hours:24'", case=case_id(ground), unit="r.unit_id", dropped_because=owed.dropped, holder="r.officer",
        started_by_event=event, started_at=owed.started, due_at=owed.due, stopped_at=f"CASE WHEN {met} THEN {done} END",
        stopped_by_event=f"CASE WHEN {met} THEN {event} END",
    )  # fmt: skip


def _considered(ground: Ground) -> int:
    """The overall limit of each consideration of Clare's Law."""
    over = f"(r.over_at < {UNTIL})"
    event = f"{ground.ids[Event]} + r.n"
    application = f"{ground.ids[Application]} + r.nth"
    return pour(
        Deadline, f"bench_considered AS r JOIN dvds_application AS x ON x.id = {application}", subject_type="'dvds.application'", subject_id="x.id",
        source_type="'dvds.application'", source_id="x.id", policy="'consideration-overall'", length="'days:28'", case="x.case_id",
        unit="(SELECT unit_id FROM cases_case WHERE id = x.case_id)", started_by_event=event, started_at="r.at", due_at=f"r.at + {days('28')}",
        stopped_at=f"CASE WHEN {over} THEN r.over_at END", stopped_by_event=f"CASE WHEN {over} THEN {event} END",
    )  # fmt: skip
