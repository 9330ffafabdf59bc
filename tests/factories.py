"""Builders named for the state they leave a record in. Each takes the ordinary verbs, so what they make could have happened.

A plugin as `tests/cast.py` is: `sent_record` and the others are fixtures known to every test.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import ActionTaken, ArrestDecision, Case, Crime, Incident, Involvement, Offence
from cases.services.contact import in_force
from people.models import Person
from risk.models import Assessment
from risk.services import contradictions_of
from risk.services.page import Said, keep_answers, keep_page
from tests.cast import involve
from workflow import engine

RATIONALE = "He put both hands on her neck tonight and knows where she has gone. What he does next is not known."
ACCOUNT = "He pushed past her into the flat and put both hands on her neck. A neighbour rang."
DONE: dict[str, Any] = {
    "everyone_safe": "yes", "made_safe": "She is at her sister's and he is in custody.",
    "threat_to_life": "no", "household": "no", "severity": "volume",
    "place": "Flat 3, 14 Mill Lane, Northgate", "postcode": "NR3 4QX", "place_kind": "shared_home",
    "account": ACCOUNT, "weapon": "no", "abuse_types": ["physical", "controlling"],
    "suspect_known": "yes", "children_present": "no", "witnesses_seen": "no",
    "bwv_used": "yes", "bwv_ref": "BW-2877-14", "scene_examined": "yes", "injured": "no", "source_999": "sought",
    "source_medical": "not_there", "source_cctv": "not_there", "source_phones": "not_there", "source_neighbours": "got",
    "classed": "crime", "da_confirmed": "yes",
}  # fmt: skip


#: A safe way to reach somebody, as little as is enough.
WAYS = {"means": ["call"], "call": "07700 900461", "never_use": "Letters"}


def begun(by: User, case: Case | None = None, log_ref: str = "0388", minutes_ago: int = 40) -> Incident:
    """An incident that somebody has begun to record, in a case of its own or in one that is there."""
    reported = timezone.localtime(timezone.now() - timedelta(minutes=minutes_ago)).replace(microsecond=0)
    said = {"reported_at": reported.isoformat(), "channel": "999", "log_ref": log_ref}
    incident: Incident = engine.perform(Incident(case=case) if case else Incident(), "begin", by=by, evidence=said)
    return incident


def peopled(incident: Incident, by: User, harmed: str = "Hannah Okoro", suspect: str = "Daniel Reeve") -> Incident:
    """With somebody harmed and a suspect whose connection is known."""
    involve(incident, by, "victim", harmed)
    involve(incident, by, "suspect", suspect, relationship="XBG", cohabiting="no")
    return incident


def suspected(by: User, **said: Any) -> Incident:
    """Everyone safe, Hannah harmed, Daniel Reeve suspected; nothing is said of an arrest."""
    record = peopled(begun(by), by)
    said = {"everyone_safe": "yes", "made_safe": "She is with her sister.", "suspect_known": "yes", **said}
    changed: Incident = engine.amend(record, said, by=by, seen=record.version)
    return changed


def written(incident: Incident, by: User, *, arrested: bool = True) -> Incident:
    """Every section of the record said; an arrest, or why there was none."""
    began = incident.reported_at - timedelta(minutes=20)
    now = Incident.objects.get(pk=incident.pk)
    if in_force(now.case) is None:
        engine.perform(now.case, "safe-contact", by=by, evidence=WAYS)
    changed: Incident = engine.amend(now, {**DONE, "occurred_from": began}, by=by, seen=now.version)
    decided(changed, by, arrested=arrested)
    acted(changed, by, "arrest" if arrested else "support")
    crime(changed, by)
    return changed


def decided(incident: Incident, by: User, *, arrested: bool = True, suspect: Any = None, **said: Any) -> ArrestDecision:
    """The suspect arrested ten minutes after it began, or the reason why not; of several suspects the first."""
    began = incident.occurred_from or incident.reported_at
    if arrested:
        taken = {"arrested_at": began + timedelta(minutes=10), "decided_at": began + timedelta(minutes=10)}
        told = {**taken, "place": "On the stairs", "offences": "Assault", "necessity": ["protect"], "camera_on": "yes"}
    else:
        told = {"codes": ["N4"], "why": "He had gone before we came; search goes on in the park."}
    whom = suspect or incident.people("suspect").first()
    row = ArrestDecision(incident=incident, suspect=whom, arrested="yes" if arrested else "no", **{**told, **said})
    made: ArrestDecision = engine.add(row, beneath=incident, by=by)
    return made


def acted(incident: Incident, by: User, *kinds: str, what: str = "") -> None:
    """Positive actions, each a row."""
    for kind in kinds:
        engine.add(ActionTaken(incident=incident, kind=kind, what=what), beneath=incident, by=by)


def crime(incident: Incident, by: User, code: str = "actual-bodily-harm") -> Crime:
    """With an offence recorded, the suspect of the incident named for it where there is one."""
    offence = Offence.objects.get(code=code)
    row = Crime(incident=incident, offence=offence, suspect=incident.people("suspect").first())
    recorded: Crime = engine.add(row, beneath=incident, by=by)
    return recorded


def another_crime(other: Crime, by: User) -> Crime:
    """Another crime of the same suspect in the same case, in a record being written."""
    incident = begun(by, other.case)
    suspect = Involvement(incident=incident, person=other.suspect.person, part="suspect", relationship="XBG")
    engine.add(suspect, beneath=incident, by=by)
    return crime(incident, by)


def assessed(incident: Incident, by: User, grade: str = "medium", yes: tuple[int, ...] = (1, 2, 3)) -> Assessment:
    """With a DASH: every question answered, the reasons written, the grade set."""
    blank = Assessment(incident=incident, case=incident.case)
    dash: Assessment = engine.perform(blank, "begin", by=by, evidence={"asked_how": "face_to_face"})
    said = {n: ("yes", "As she told it.") if n in yes else ("no", "") for n in range(1, 28)}
    dash = keep_answers(dash, said, by=by, seen=dash.version)
    explained = {one.key: "Asked again; she stands by it." for one in contradictions_of(dash, by)}
    if explained:  # what the record says otherwise
        dash = keep_page(dash, Said(explained=explained), by=by, seen=dash.version)
    dash = engine.perform(dash, "reasons", by=by, evidence={"reasons": RATIONALE}, seen=dash.version)
    graded: Assessment = engine.perform(
        dash, "grade", by=by, evidence={"grade": grade, "why_below": ""}, seen=dash.version
    )
    return graded


def complete(by: User, case: Case | None = None, *, grade: str = "medium", arrested: bool = True) -> Incident:
    """A record that lacks nothing and has not been sent."""
    incident = written(peopled(begun(by, case), by), by, arrested=arrested)
    assessed(incident, by, grade)
    return Incident.objects.get(pk=incident.pk)


def sent(by: User, case: Case | None = None, **more: Any) -> Incident:
    """A record that waits for a sergeant."""
    incident = complete(by, case, **more)
    waiting: Incident = engine.perform(incident, "submit", by=by, evidence={"note": ""}, seen=incident.version)
    return waiting


def checked(by: User, sergeant: User, case: Case | None = None, **more: Any) -> Incident:
    """A record that a sergeant has approved."""
    incident = sent(by, case, **more)
    done: Incident = engine.perform(
        incident, "approve", by=sergeant, evidence={"reason": "Read and agreed."}, seen=incident.version
    )
    return done


@pytest.fixture
def complete_record(hannah: Person, hannahs_incident: Incident, ellen: User) -> Incident:
    """Hannah's incident with nothing missing, graded medium, not yet sent."""
    suspect = hannahs_incident.people("suspect").get()
    engine.amend(suspect, {"cohabiting": "no"}, by=ellen, seen=suspect.version, beneath=hannahs_incident)
    incident = written(hannahs_incident, ellen)
    assessed(incident, ellen)
    return Incident.objects.get(pk=incident.pk)


@pytest.fixture
def sent_record(complete_record: Incident, ellen: User) -> Incident:
    """The same, sent by Ellen: it waits for Priya."""
    waiting: Incident = engine.perform(
        complete_record, "submit", by=ellen, evidence={"note": ""}, seen=complete_record.version
    )
    return waiting
