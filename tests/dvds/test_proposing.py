"""The program puts something at the door, and a person decides: a new partner beside a history, something fresh (H2, H15)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, Involvement
from cases.services import restrict
from dvds.models import Application, Intake, Party, Trace
from dvds.services.proposing import propose_beside, propose_fresh, propose_of_trace, propose_tied
from people.models import Link, Person
from tests.cast import involve
from tests.dvds.cast_of_disclosures import consideration
from workflow import engine

pytestmark = pytest.mark.django_db

S = Application.State


@pytest.fixture
def another(hannahs_incident: Incident, ellen: User, daniel: Person) -> Incident:
    """Another incident: Daniel Reeve beside his new partner."""
    said = {
        "reported_at": timezone.localtime(hannahs_incident.reported_at).isoformat(),
        "channel": "999",
        "log_ref": "0401",
    }
    incident: Incident = engine.perform(Incident(), "begin", by=ellen, evidence=said)
    involve(incident, ellen, "victim", "Lena Bright")
    engine.add(
        Involvement(incident=incident, person=daniel, part="suspect", relationship="BG"), beneath=incident, by=ellen
    )
    return incident


def at_door() -> list[Intake]:
    return list(Intake.objects.order_by("pk"))


def test_somebody_with_a_history_beside_a_new_partner_is_proposed_once(
    another: Incident, disclosure_unit: Unit, perry: User
) -> None:
    propose_beside(another, timezone.now())
    propose_beside(another, timezone.now())
    (found,) = at_door()
    assert (found.route, found.channel, found.source, found.state) == ("know", "program", "program", "waiting")
    assert (found.unit, found.investigation, found.at_risk) == (disclosure_unit, another.case, "Lena Bright")
    assert "Daniel Reeve" in found.subject and not Application.objects.exists()


def test_without_a_history_nobody_is_proposed(hannahs_incident: Incident, hannah: Person, perry: User) -> None:
    propose_beside(hannahs_incident, timezone.now())
    assert at_door() == []


def test_an_incident_that_was_no_domestic_abuse_is_no_history(
    another: Incident, hannahs_incident: Incident, perry: User
) -> None:
    Incident.objects.filter(pk=hannahs_incident.pk).update(da_confirmed="no")
    propose_beside(another, timezone.now())
    assert at_door() == []


def test_what_is_considered_already_is_not_proposed_again(
    another: Incident, daniel: Person, disclosure_unit: Unit, perry: User
) -> None:
    lena = another.people("victim").get().person
    consideration(disclosure_unit, perry, S.CHECKS, at_risk=lena, subject=daniel)
    propose_beside(another, timezone.now())
    assert at_door() == []


def test_a_restricted_case_says_nothing_at_the_door(another: Incident, perry: User, priya: User) -> None:
    restrict(case=Case.objects.get(pk=another.case_id), by=priya)
    propose_beside(Incident.objects.select_related("case__unit").get(pk=another.pk), timezone.now())
    assert at_door() == []


def test_a_tie_that_an_investigation_learned_is_proposed_too(
    another: Incident, daniel: Person, hannahs_incident: Incident, ellen: User, perry: User
) -> None:
    lena = another.people("victim").get().person
    when = {"case": hannahs_incident.case, "recorded_by": ellen, "recorded_at": timezone.now()}
    tie = Link.objects.create(person=daniel, other=lena, tie="partner", **when)
    propose_tied(tie, timezone.now())
    propose_tied(tie, timezone.now())
    assert [(row.at_risk, row.investigation_id) for row in at_door()] == [("Lena Bright", hannahs_incident.case_id)]


def test_an_incident_about_somebody_of_whom_nothing_was_held_is_proposed(
    hannahs_incident: Incident, hannah: Person, daniel: Person, disclosure_unit: Unit, perry: User
) -> None:
    consideration(disclosure_unit, perry, S.CLOSED, subject=daniel, at_risk="Rosa Field")
    propose_fresh(hannahs_incident, timezone.now())
    (found,) = at_door()
    assert (found.at_risk, found.route) == ("Rosa Field", "know")


@pytest.mark.parametrize(("outcome", "number"), [("nothing_held", 1), ("disclosed", 0)])
def test_a_trace_in_another_consideration_wakes_a_closed_one_that_found_nothing(
    disclosure_unit: Unit, perry: User, outcome: str, number: int
) -> None:
    old = consideration(disclosure_unit, perry, S.CLOSED, outcome=outcome)
    him = Party.objects.get(application=old, part="subject").person
    new = consideration(disclosure_unit, perry, S.CHECKS, subject=him, at_risk="Ada Lund")
    blank: Any = Trace(application=new, case=new.case)
    propose_of_trace(blank, timezone.now())
    assert [row.at_risk for row in at_door()] == ["Rosa Field"] * number
