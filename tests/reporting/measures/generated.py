"""A small force drawn by chance: what happened, told twice. Once as rows in the database, once as these plain records, from which
the test reckons every figure by itself.
"""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from accounts.models import Unit, User
from audit import services as audit
from audit.models import Operation
from cases.models import Case, Crime, Incident, Involvement, Offence
from cases.models.action import ActionTaken
from cases.models.arrest import ArrestDecision, ArrestVerdict
from cases.models.course import CourseEvent
from cases.models.marker import SetMarker
from cases.models.outcome import Outcome
from people.models import Person
from risk.models import Assessment, InstrumentVersion, RiskDecision, SafetyPlan
from workflow.models import Deadline

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PEOPLE = 4
CODES = ("1", "1A", "3", "8", "14", "15", "16", "18", "22")
GRADES = ("high", "medium", "standard")
DAYS = st.integers(0, 800)
HOURS = st.integers(0, 60)

OUTCOME = st.fixed_dictionaries({
    "code": st.sampled_from(CODES), "days": st.integers(0, 90), "settled": st.booleans(),
    "support": st.sampled_from(("yes", "no", "withdrew")),
})  # fmt: skip
CRIME = st.fixed_dictionaries({
    "cancelled": st.integers(0, 5).map(lambda n: n == 0), "struck": st.integers(0, 7).map(lambda n: n == 0), "hours": HOURS,
    "named": st.booleans(), "outcomes": st.lists(OUTCOME, max_size=2),
})  # fmt: skip
REPORT = st.fixed_dictionaries({
    "unit": st.integers(0, 2), "days": DAYS, "victim": st.one_of(st.none(), st.integers(0, PEOPLE - 1)),
    "suspect": st.integers(0, PEOPLE - 1), "no_abuse": st.integers(0, 5).map(lambda n: n == 0),
    "struck": st.integers(0, 7).map(lambda n: n == 0), "restricted": st.integers(0, 4).map(lambda n: n == 0),
    "crimes": st.lists(CRIME, max_size=3), "arrest": st.one_of(st.none(), HOURS), "charge": st.one_of(st.none(), st.integers(0, 40)),
    "verdict": st.sampled_from((None, "adequate", "returned")), "dash": st.one_of(st.none(), HOURS),
    "grade": st.sampled_from(GRADES), "later": st.sampled_from((None, *GRADES)), "action": st.sampled_from((None, "support", "none")),
    "bwv": st.sampled_from(("", "yes", "no")), "police": st.integers(0, 5).map(lambda n: n == 0),
    "refused": st.booleans(), "plan": st.sampled_from((None, "in_force", "draft")),
    "due": st.one_of(st.none(), st.integers(-30, 30)), "dropped": st.integers(0, 5).map(lambda n: n == 0),
})  # fmt: skip
FORCE = st.lists(REPORT, max_size=9)


@dataclass
class Told:
    """One report and what followed, as plain facts. Moments are UTC."""

    unit: int
    said: dict[str, Any]
    reported: datetime
    crimes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        return not self.said["struck"] and not self.said["no_abuse"]

    @property
    def harmed(self) -> int | None:
        found: int | None = self.said["victim"]
        return found

    @property
    def recorded(self) -> list[dict[str, Any]]:
        """Its crimes that are counted: neither struck out nor cancelled, the first alone since June 2023."""
        live = [one for one in self.crimes if not one["struck"] and not one["cancelled"]]
        return (
            live[:1]
            if self.counts and self.reported >= datetime(2023, 5, 31, 23, tzinfo=UTC)
            else live
            if self.counts
            else []
        )

    @property
    def live(self) -> list[dict[str, Any]]:
        return [one for one in self.crimes if not one["struck"] and not one["cancelled"]]


def plant(drawn: list[dict[str, Any]], units: list[Unit], by: User) -> list[Told]:
    """Write the force down and tell it."""
    people = [Person.objects.create() for _ in range(2 * PEOPLE)]
    offence, version = Offence.objects.order_by("pk")[0], dash()
    return [report(said, number, units, by, people, offence, version) for number, said in enumerate(drawn)]


def dash() -> InstrumentVersion:
    found: InstrumentVersion = InstrumentVersion.objects.filter(instrument__code="dash").order_by("pk")[0]
    return found


def report(
    said: dict[str, Any], number: int, units: list[Unit], by: User, people: list[Person], offence: Any, version: Any
) -> Told:
    # a second apart, so that no two are at one moment
    told = Told(said["unit"], said, NOW - timedelta(days=said["days"], seconds=number + 1))
    case = Case.objects.create(
        reference=f"DA-2026-G{number:05d}",
        kind="investigation",
        unit=units[told.unit],
        restricted=said["restricted"],
        opened_at=told.reported,
    )
    struck = NOW if said["struck"] else None
    mine: dict[str, Any] = {"case": case, "recorded_by": by}
    incident = Incident.objects.create(
        **mine, state="checked", reported_at=told.reported, recorded_at=told.reported, channel="999", struck_out_at=struck,
        da_confirmed="no" if said["no_abuse"] else "yes", bwv_used=said["bwv"],
    )  # fmt: skip
    if told.harmed is not None:
        Involvement.objects.create(**mine, incident=incident, person=people[told.harmed], part="victim")
    suspect = Involvement.objects.create(
        **mine, incident=incident, person=people[PEOPLE + said["suspect"]], part="suspect"
    )
    for one in said["crimes"]:
        told.crimes.append(crime(one, told, mine, incident, suspect, offence, by))
    followed(told, mine, incident, suspect, by, version)
    if said["due"] is not None:
        deadline(told, case, incident, by)
    return told


def crime(
    one: dict[str, Any],
    told: Told,
    mine: dict[str, Any],
    incident: Incident,
    suspect: Involvement,
    offence: Any,
    by: User,
) -> dict[str, Any]:
    at = told.reported + timedelta(hours=one["hours"], minutes=1 if one["hours"] else 0)
    cancelled = (
        {"state": "cancelled", "cancel_code": "information", "cancel_why": "Recorded twice."}
        if one["cancelled"]
        else {}
    )
    row = Crime.objects.create(
        **mine, incident=incident, offence=offence, suspect=suspect if one["named"] else None, recorded_at=at,
        struck_out_at=NOW if one["struck"] else None, **cancelled,
    )  # fmt: skip
    settled = [outcome for outcome in one["outcomes"] if outcome["settled"]]
    for nth, outcome in enumerate(one["outcomes"]):
        when = at + timedelta(days=outcome["days"], seconds=nth) if outcome["settled"] else None
        Outcome.objects.create(
            **mine, crime=row, code=outcome["code"], support=outcome["support"], rationale="x", settled_at=when
        )
    latest = max(settled, key=lambda outcome: (outcome["days"], one["outcomes"].index(outcome)), default=None)
    return {**one, "at": at, "latest": latest, "dealt": at + timedelta(days=latest["days"]) if latest else None}


def followed(
    told: Told, mine: dict[str, Any], incident: Incident, suspect: Involvement, by: User, version: Any
) -> None:
    """Arrest, charge, a supervisor's look, the DASH."""
    said = told.said
    at = told.reported + timedelta(hours=said["arrest"] or 0)
    decision = ArrestDecision.objects.create(
        **mine, incident=incident, suspect=suspect, arrested="no" if said["arrest"] is None else "yes", decided_at=told.reported,
        arrested_at=None if said["arrest"] is None else at, codes=["N4"] if said["arrest"] is None else [],
    )  # fmt: skip
    if said["arrest"] is not None:
        CourseEvent.objects.create(**mine, state="standing", kind="arrest", at=at, suspect=suspect, arrest=decision)
        if said["charge"] is not None:
            CourseEvent.objects.create(
                **mine, state="standing", kind="charge", at=at + timedelta(days=said["charge"]), suspect=suspect
            )
    elif said["verdict"]:
        ArrestVerdict.objects.create(
            **mine | {"recorded_by": User.objects.system()},
            decision=decision,
            officer=by,
            verdict=said["verdict"],
            reason="x",
            recorded_at=told.reported,
        )
    if said["dash"] is not None:
        asked = told.reported + timedelta(hours=said["dash"])
        row = Assessment.objects.create(
            **mine,
            state="standing",
            incident=incident,
            instrument_version=version,
            asked_how="face_to_face",
            asked_at=asked,
            stopped_code="refused_all" if said["refused"] else "",
        )
        graded(row, said["grade"], "initial", asked, "", by, mine)
        if said["later"]:
            graded(row, said["later"], "lowered", asked + timedelta(hours=1), said["grade"], by, mine)
    around(said, mine, incident, suspect)


def around(said: dict[str, Any], mine: dict[str, Any], incident: Incident, suspect: Involvement) -> None:
    """A safety plan, what the police did, whether the suspect is one of them."""
    if said["plan"]:
        person = suspect.person  # whoever it is of: only the case counts
        SafetyPlan.objects.create(**mine, state=said["plan"], person=person)
    if said["action"]:
        ActionTaken.objects.create(**mine, incident=incident, kind=said["action"], what="x")
    if said["police"]:
        SetMarker.objects.create(**mine, code="police_suspect", why="x")


def graded(
    row: Assessment,
    grade: str,
    kind: str,
    at: datetime,
    before: str,
    by: User,
    mine: dict[str, Any],
    role: str = "officer",
) -> None:
    RiskDecision.objects.create(
        **mine, assessment=row, from_grade=before, to_grade=grade, kind=kind, decided_by=by, role=role, rationale="x", at=at,
        floor="standard", policy_version="x",
    )  # fmt: skip


def deadline(told: Told, case: Case, incident: Incident, by: User) -> None:
    """A clock that fell due a day after the report and was stopped so many hours before or after that; never at -30."""
    due, said = told.reported + timedelta(days=1), told.said
    event = audit.record(
        name="incident.begin",
        operation=Operation.COLLECTION,
        subject=incident,
        folder=case,
        by=by,
        at=told.reported,
        changes={},
    )
    stopped = None if said["due"] == -30 else due + timedelta(hours=said["due"])
    Deadline.objects.create(
        subject_type="cases.incident", subject_id=incident.pk, case=case, unit=case.unit, policy="record-sent", length="24h",
        source_type="cases.incident", source_id=incident.pk, started_by_event=event, started_at=told.reported, due_at=due,
        stopped_at=stopped, dropped_because="x" if said["dropped"] else "",
    )  # fmt: skip
