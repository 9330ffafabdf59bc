"""The crime registrar's work: no crime approved or returned, one that becomes a crime after all, one that is cancelled."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import ArrestDecision, Case, Crime, Incident, NonCrime
from tests import factories
from tests.journeys.looking import Looking, staff
from workflow import engine

pytestmark = pytest.mark.long
ACCOUNT = "They shouted at each other about the gas bill. The girl came down and they stopped; a neighbour had rung."
WHY = "Both shouted about money in the kitchen. Each was seen alone: nobody was touched, threatened or afraid."
ASKED = "Say what the neighbour heard, and whether the children were asked."
HEARD = " The neighbour heard raised voices about a bill; the girl, 9, was asked alone and was not afraid."
LATER = "She rang today: he had held her wrist and twisted it. A photograph of the bruise is with her doctor."
VERIFIED = "The same assault is recorded under the report of the same night; read beside each other today."


def nell() -> User:
    return staff("Crime registrar", "7921", "Nell Pryce", "crime_registrar")


def unclassed(officer: User) -> Incident:
    """A whole record, but that nobody has said yet whether a crime was committed."""
    incident = factories.complete(officer, arrested=False)
    decision = ArrestDecision.objects.get(incident=incident)
    why = {"codes": ["N1"], "why": "Each was heard alone; neither said that anything was done to them."}
    engine.amend(decision, why, beneath=incident, by=officer, seen=decision.version)
    crime = Crime.objects.get(incident=incident)
    engine.strike_out(crime, beneath=incident, by=officer, seen=crime.version, reason="Put in by mistake.")
    fresh = Incident.objects.get(pk=incident.pk)
    blank = {"classed": "", "da_confirmed": "", "account": ACCOUNT}
    said: Incident = engine.amend(fresh, blank, by=officer, seen=fresh.version)
    return said


def no_crime(officer: User) -> Incident:
    """The same, said to be no crime."""
    fresh = unclassed(officer)
    said = {"classed": "non_crime", "non_crime_reason": "argument", "non_crime_why": WHY, "da_confirmed": "yes"}
    changed: Incident = engine.amend(fresh, said, by=officer, seen=fresh.version)
    return changed


def approved(officer: User, sergeant: User) -> Incident:
    """No crime, and the crime registrar has agreed."""
    incident = no_crime(officer)
    engine.perform(incident, "submit", by=officer, evidence={"note": ""}, seen=incident.version)
    fresh = Incident.objects.get(pk=incident.pk)
    engine.perform(fresh, "approve", by=sergeant, evidence={"reason": "Read and agreed."}, seen=fresh.version)
    asked = NonCrime.objects.get(incident=incident)
    engine.perform(asked, "approve", by=nell(), evidence={"reason": "No offence is disclosed."}, seen=asked.version)
    return Incident.objects.select_related("case").get(pk=incident.pk)


def counted(case: Case) -> tuple[int, int]:
    """(incidents, crimes) as they are counted."""
    totals = Incident.objects.filter(case=case).totals()
    return totals["incidents"], totals["crimes"]


def from_the_list(registrar: Looking, name: str, reference: str, picture: str) -> str:
    """The registrar's list, and by its row to the page of the decision; the words of that."""
    shown = registrar.open(f"/registrar/{name}/", f"{picture}-list")
    assert reference in shown
    registrar.page.get_by_role("link", name=reference).first.click()
    expect(registrar.page.locator("main")).to_contain_text("Your decision")
    return registrar.look(f"{picture}-decide")


def says_no_crime(officer: Looking, incident: Incident) -> None:
    """The officer's last question but one, and the record is sent."""
    officer.open(f"/work/incident/{incident.pk}/sections/crime/")
    officer.choose("classed", "non_crime")
    officer.choose("non_crime_reason", "argument")
    officer.page.fill("[name=non_crime_why]", WHY)
    officer.choose("da_confirmed", "yes")
    officer.look("registrar-01-no-crime")
    officer.press("Save and go back to sections")
    officer.send()


@pytest.mark.requirement("S3-102")
def test_a_record_of_no_crime_is_approved_by_the_crime_registrar(at_work: Any) -> None:
    leo, ada = staff("PC", "7922", "Leo Carrow", "officer", "K2"), staff("PS", "7923", "Ada Finch", "sergeant", "K2")
    incident = unclassed(leo)
    reference = incident.case.reference
    says_no_crime(at_work(leo), incident)
    sergeant = at_work(ada)
    assert WHY in sergeant.open(f"/work/incident/{incident.pk}/decide/record/", "registrar-02-sergeant")
    sergeant.answer("incident-approve", "Read. Both were heard alone.")
    assert counted(incident.case) == (1, 0)

    registrar = at_work(nell())
    shown = from_the_list(registrar, "non-crimes", reference, "registrar-03")
    assert WHY in shown and ACCOUNT in shown
    registrar.answer("non-crime-approve", "No offence is disclosed by what either said.")
    registrar.look("registrar-04-done")
    assert reference not in registrar.open("/registrar/")
    page = sergeant.open(f"/cases/{reference}/?panel=crime", "registrar-05-case")
    assert "Approved as no crime" in page and "No offence is disclosed by what either said." in page
    assert counted(incident.case) == (1, 0)


def test_one_that_the_registrar_returns_is_mended_and_approved(at_work: Any) -> None:
    leo, ada = staff("PC", "7922", "Leo Carrow", "officer", "K2"), staff("PS", "7923", "Ada Finch", "sergeant", "K2")
    incident = no_crime(leo)
    reference = incident.case.reference
    engine.perform(incident, "submit", by=leo, evidence={"note": ""}, seen=incident.version)
    fresh = Incident.objects.get(pk=incident.pk)
    engine.perform(fresh, "approve", by=ada, evidence={"reason": "Read and agreed."}, seen=fresh.version)
    registrar = at_work(nell())
    from_the_list(registrar, "non-crimes", reference, "registrar-11")
    registrar.answer("non-crime-return", ASKED)
    assert ASKED in registrar.look("registrar-11-returned"), "the timeline says why"
    assert reference not in registrar.open("/registrar/")

    officer = at_work(leo)
    officer.open("/", "registrar-12-my-work")
    row = (
        officer.page.locator("main tr, main li")
        .filter(has_text="Say again why it is no crime")
        .filter(has_text=reference)
    )
    row.get_by_role("link", name=reference).click()
    officer.heading("No crime")
    assert ASKED in officer.look("registrar-13-returned")
    officer.page.locator("main").get_by_role("link", name="Why it is no crime").first.click()
    officer.page.fill("[name=why]", WHY + HEARD)
    officer.look("registrar-14-mending")
    officer.press("Save and go back to sections")
    assert ASKED in officer.look("registrar-15-mended")
    officer.press("Send to the crime registrar")
    officer.heading("Send to the crime registrar")
    assert HEARD.strip() in officer.look("registrar-15-send-again")
    officer.press("Send to the crime registrar")
    asked = NonCrime.objects.get(incident=incident)
    assert asked.state == NonCrime.State.WAITING

    assert HEARD.strip() in from_the_list(registrar, "non-crimes", reference, "registrar-16")
    registrar.answer("non-crime-approve", "The neighbour and the girl were asked. No offence.")
    asked.refresh_from_db()
    assert asked.state == NonCrime.State.APPROVED


@pytest.mark.requirement("S1-008")
def test_an_incident_later_recorded_as_a_crime_leaves_the_incidents_and_a_cancelled_crime_the_crimes(
    at_work: Any,
) -> None:
    leo, ada = staff("PC", "7922", "Leo Carrow", "officer", "K2"), staff("PS", "7923", "Ada Finch", "sergeant", "K2")
    incident = approved(leo, ada)
    case = incident.case
    assert counted(case) == (1, 0)
    officer, registrar = at_work(leo), at_work(nell())
    assert "Counted as an incident" in officer.open(f"/cases/{case.reference}/?panel=crime", "registrar-21-case")

    officer.open(f"/work/incident/{incident.pk}/later-crime/")
    officer.page.select_option("[name=offence]", label="Assault causing actual bodily harm (s47)")
    officer.page.fill("[name=reason]", LATER)
    officer.look("registrar-22-later-crime")
    officer.press("Record a crime after all")
    page = officer.open(f"/cases/{case.reference}/?panel=crime", "registrar-23-crime")
    assert "Counted as a crime" in page
    assert "Approved as no crime." not in page
    assert counted(case) == (0, 1), "it is counted once, and as what it is"

    crime = Crime.objects.get(incident=incident, struck_out_at__isnull=True)
    officer.open(f"/work/crime/{crime.pk}/", "registrar-24-crime-page")
    officer.page.get_by_role("button", name="Ask the crime registrar to cancel it").click()
    officer.choose("cancel_code", "duplicate")
    officer.page.fill("[name=cancel_why]", VERIFIED)
    officer.look("registrar-25-ask-cancel")
    officer.press("Ask the crime registrar to cancel it")
    assert counted(case) == (0, 1), "asking cancels nothing"

    assert VERIFIED in from_the_list(registrar, "cancellations", case.reference, "registrar-26")
    registrar.answer("crime-cancel", "Read beside the other report: one assault, recorded there.")
    shown = registrar.open("/registrar/cancelled/", "registrar-27-cancelled")
    assert case.reference in shown and VERIFIED in shown
    assert "Transferred or cancelled" in officer.open(f"/work/crime/{crime.pk}/", "registrar-28-crime-page-after")
    assert counted(case) == (0, 0)
