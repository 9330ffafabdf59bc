"""Records of crime, and of none, made by the ordinary verbs."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import Crime, Incident, NonCrime
from workflow import engine

WHY = "Both shouted about money; nobody was touched or threatened."


def no_crime(incident: Incident, by: User) -> Incident:
    """The same record, said to be no crime."""
    Crime.objects.filter(incident=incident).update(struck_out_at=incident.reported_at)
    said = {"classed": "non_crime", "non_crime_reason": "argument", "non_crime_why": WHY}
    fresh = Incident.objects.get(pk=incident.pk)
    changed: Incident = engine.amend(fresh, said, by=by, seen=fresh.version)
    return changed


def sent(incident: Incident, by: User) -> Incident:
    fresh = Incident.objects.get(pk=incident.pk)
    done: Incident = engine.perform(fresh, "submit", by=by, evidence={"note": ""}, seen=fresh.version)
    return done


def checked(incident: Incident, by: User) -> Incident:
    fresh = Incident.objects.get(pk=incident.pk)
    done: Incident = engine.perform(
        fresh, "approve", by=by, evidence={"reason": "Read and agreed."}, seen=fresh.version
    )
    return done


@pytest.fixture
def crime(sent_record: Incident) -> Crime:
    """The crime of Hannah's record: Daniel, her former partner, is named for it."""
    return Crime.objects.get(incident=sent_record)


@pytest.fixture
def not_a_crime(complete_record: Incident, ellen: User) -> NonCrime:
    """Hannah's record, sent as no crime: it waits for the crime registrar."""
    sent(no_crime(complete_record, ellen), ellen)
    return NonCrime.objects.get(incident=complete_record)
