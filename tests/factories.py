"""Builders named for the state they leave a record in. Each takes the ordinary verbs, so what they make could have happened.

A plugin as `tests/cast.py` is: `sent_record` and the others are fixtures known to every test.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from people.models import Person
from risk.models import Assessment
from risk.services.page import keep_answers
from tests.cast import involve
from workflow import engine

RATIONALE = "He put both hands on her neck tonight and knows where she has gone. What he does next is not known."
ACCOUNT = "He pushed past her into the flat and put both hands on her neck. A neighbour rang."
DONE: dict[str, Any] = {
    "everyone_safe": "yes", "made_safe": "She is at her sister's and he is in custody.",
    "place": "Flat 3, 14 Mill Lane, Northgate", "postcode": "NR3 4QX", "place_kind": "shared_home",
    "account": ACCOUNT, "weapon": "no", "abuse_types": ["physical", "controlling"],
    "suspect_known": "yes", "children_present": "no", "witnesses_seen": "no", "positive_actions": ["arrest"],
}  # fmt: skip


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


def written(incident: Incident, by: User, *, arrested: bool = True) -> Incident:
    """Every section of the record said; an arrest, or why there was none."""
    began = incident.reported_at - timedelta(minutes=20)
    if arrested:
        last: dict[str, Any] = {
            "arrested": "yes",
            "arrested_at": began + timedelta(minutes=10),
            "arrested_for": "Assault",
        }
    else:
        last = {
            "arrested": "no",
            "no_arrest_code": "N4",
            "no_arrest_reason": "He had gone before we came; search goes on.",
        }
    now = Incident.objects.get(pk=incident.pk)
    changed: Incident = engine.amend(now, {**DONE, "occurred_from": began, **last}, by=by, seen=now.version)
    return changed


def assessed(incident: Incident, by: User, grade: str = "medium", yes: tuple[int, ...] = (1, 2, 3)) -> Assessment:
    """With a DASH: every question answered, the reasons written, the grade set."""
    blank = Assessment(incident=incident, case=incident.case)
    dash: Assessment = engine.perform(blank, "begin", by=by, evidence={"asked_how": "face_to_face"})
    said = {n: ("yes", "As she told it.") if n in yes else ("no", "") for n in range(1, 28)}
    dash = keep_answers(dash, said, by=by, seen=dash.version)
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
