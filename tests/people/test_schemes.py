"""Whether somebody who harms is nominated for MATAC or managed in IOM, and how that stands (S3-210)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from cases.models import Incident
from people.models import InScheme, Person
from tests.cases.recording import add_person, press, words
from tests.cases.toms import browser as browser
from tests.cases.toms import of_somebody
from tests.cast import client_of, text_of
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
SAID = {
    "scheme": "matac", "standing": "nominated", "since_year": "2026", "since_month": "3",
    "why": "Three people harmed in a year.", "contact": "Sgt Pole, extension 4411",
}  # fmt: skip


@pytest.fixture
def gary(hannahs_case: Any, ellen: User) -> Person:
    return known(hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11))


@pytest.fixture
def incident(browser: Client) -> Incident:
    """Tom's record, with Hannah harmed and Daniel said to harm her."""
    begun = of_somebody(browser, "Hannah", "Okoro")
    add_person(browser, begun, "suspect", forename="Daniel", surname="Reeve")
    return begun


def page_of(incident: Incident) -> str:
    (him,) = incident.people("suspect")
    return f"/incidents/{incident.pk}/people/{him.pk}/facts/scheme/"


@pytest.mark.requirement("S3-210")
def test_a_nomination_and_how_it_stands_are_on_the_page_of_whoever_harms(
    incident: Incident, browser: Client, tom: User
) -> None:
    page = page_of(incident)
    assert press(browser, page, SAID).status_code == 302
    (him,) = incident.people("suspect")
    shown = text_of(client_of(tom).get(f"/people/{him.person_id}/"))
    assert "MATAC, nominated; March 2026" in shown.replace("since ", "")
    assert "Sgt Pole, extension 4411" in shown and "Three people harmed in a year." in shown
    iom = {**SAID, "scheme": "iom", "standing": "accepted", "cohort": "fixed"}
    assert press(browser, page, iom).status_code == 302
    both = text_of(client_of(tom).get(f"/people/{him.person_id}/"))
    assert "IOM, accepted, fixed cohort" in both and "MATAC, nominated" in both


def test_what_is_not_said_or_cannot_be_is_asked_in_a_sentence(incident: Incident, browser: Client) -> None:
    nothing = words(press(browser, page_of(incident), {}))
    for sentence in ("Choose the scheme", "Choose how it stands", "Say why", "Say which agency leads"):
        assert sentence in nothing
    assert "Only IOM has cohorts" in words(press(browser, page_of(incident), {**SAID, "cohort": "flex"}))
    assert not InScheme.objects.exists()


def test_the_database_keeps_what_the_page_asks(gary: Person, hannahs_case: Any, ellen: User) -> None:
    whole = {"scheme": "matac", "standing": "nominated", "contact": "Sgt Pole", "why": "Decided on 4 May."}
    learned(InScheme, hannahs_case, gary, ellen, **whole)
    for wrong in ({"contact": ""}, {"why": ""}, {"cohort": "free"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            learned(InScheme, hannahs_case, gary, ellen, **{**whole, **wrong})


def test_it_does_not_print(gary: Person, hannahs_case: Any, ellen: User) -> None:
    fact = learned(
        InScheme, hannahs_case, gary, ellen, scheme="iom", standing="left", contact="Sgt Pole", why="Two years clear."
    )
    assert fact.words.startswith("IOM, discharged") and fact.on_paper == ""
