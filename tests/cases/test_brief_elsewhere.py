"""A brief comes to one woman's door: how to reach another whom the same man harmed is on none, on screen or on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident, Involvement
from cases.services.briefing import briefing_of_incident
from people.models import Address, Note, Person, Telephone
from people.models.place import Place
from people.services import learn
from tests import factories
from tests.cases.calls import called
from tests.cases.recording import words
from tests.cast import client_of, involve
from workflow import engine

HER_NUMBER, HER_KEY, HER_SISTER = "07700 900461", "Key safe 2718", "Never her sister in Yarmouth"
SECRETS = (HER_NUMBER, HER_KEY, HER_SISTER, "after 6 pm", "code-word")
OPEN_IT = "Kerry Dunmore has a plan. Open the case to read it"


def planned(case: Case, by: User, number: str, **said: Any) -> None:
    fresh = Case.objects.get(pk=case.pk)
    plan = {"means": ["call"], "call": number, "code_word": "tangerine", "changed_because": "A new telephone.", **said}
    engine.perform(fresh, "safe-contact", by=by, evidence=plan, seen=fresh.version)


@pytest.fixture
def kerry(ellen: User, hannah: Person, hannahs_incident: Incident) -> Person:
    """Harmed by the same man, who has her case in the same team. He must not learn how she is reached."""
    hers = factories.begun(ellen, log_ref="0911", minutes_ago=60 * 24 * 20)
    woman = involve(hers, ellen, "victim", "Kerry Dunmore").person
    him = hannahs_incident.involvements.get(part="suspect")
    engine.add(Involvement(incident=hers, person=him.person, part="suspect"), beneath=hers, by=ellen)
    planned(hers.case, ellen, HER_NUMBER, when="after 6 pm", never_use=HER_SISTER)
    key = Note(person=woman, about="key_code", said_words=HER_KEY)
    learn(key, beneath=Incident.objects.get(pk=hers.pk), by=ellen)
    planned(hannahs_incident.case, ellen, "07700 900999", never_use="The landline")
    return woman


@pytest.fixture
def urls(kerry: Person, hannah: Person, hannahs_incident: Incident, rafi: User, nr3: Unit) -> dict[str, str]:
    """Every way to a brief that brings officers to Hannah's door, or to his."""
    him = hannahs_incident.involvements.get(part="suspect").person
    call = called(rafi, nr3, harmed=str(hannah.pk))
    place = Place.objects.get(key=Address.objects.get(person=hannah).place_key)
    return {
        "incident": f"/briefs/incident/{hannahs_incident.pk}/", "case": f"/briefs/case/{hannahs_incident.case_id}/",
        "call": f"/briefs/call/{call.pk}/", "call page": call.get_absolute_url(), "woman": f"/briefs/person/{hannah.pk}/",
        "place": f"/briefs/place/{place.pk}/", "man": f"/briefs/person/{him.pk}/",
    }  # fmt: skip


@pytest.mark.requirement("S1-004")
@pytest.mark.parametrize("way", ["incident", "case", "call", "call page", "woman", "place"])
def test_it_says_how_to_reach_her_and_never_how_to_reach_his_other_partner(
    way: str, urls: dict[str, str], ellen: User
) -> None:
    page = words(client_of(ellen).get(urls[way]))
    assert "07700 900999" in page and "The landline" in page, "her own plan stands"
    assert page.count("Hannah Okoro has one: say why") == 1
    assert (OPEN_IT in page) == (way in ("incident", "case")), "where he is met, too"
    for secret in SECRETS[:-1]:
        assert secret not in page, secret
    assert "Kerry Dunmore has one: say why" not in page


def test_the_brief_of_the_man_says_how_to_reach_none_of_them(urls: dict[str, str], ellen: User) -> None:
    answer = client_of(ellen).get(urls["man"])
    page = words(answer)
    assert OPEN_IT in page and "Hannah Okoro has a plan" in page
    for secret in (*SECRETS[:-1], "07700 900999", "The landline"):
        assert secret not in page, secret
    assert "code-word" not in answer.content.decode()


def test_nor_does_the_paper(urls: dict[str, str], hannahs_incident: Incident, ellen: User) -> None:
    found = briefing_of_incident(Incident.objects.get(pk=hannahs_incident.pk), ellen, timezone.now())
    paper = render_to_string("cases/brief_parts.html", {"briefing": found})
    assert "07700 900999" in paper and OPEN_IT in paper
    for secret in SECRETS[:-1]:
        assert secret not in paper, secret


@pytest.mark.parametrize("moved", ["ended", "elsewhere"])
def test_whoever_has_moved_away_is_not_reached_from_her_old_address(
    moved: str, kerry: Person, hannah: Person, ellen: User, give_address: Callable[..., None]
) -> None:
    """Kerry lived with him where Hannah lives now."""
    home = Address.objects.get(person=hannah)
    here = {"line": home.line, "postcode": home.postcode}
    url = f"/briefs/place/{Place.objects.get(key=home.place_key).pk}/"
    give_address(kerry, **here)
    assert HER_NUMBER in words(client_of(ellen).get(url)), "while she lives there"
    if moved == "ended":
        Address.objects.filter(person=kerry).update(until=timezone.now().date().replace(year=2024), until_part="year")
    else:
        give_address(kerry, line="9 Pottergate", postcode="NR2 1DS", whose="short")
    page = words(client_of(ellen).get(url))
    assert HER_NUMBER not in page and HER_KEY not in page and OPEN_IT in page


@pytest.fixture
def give_address(ellen: User) -> Callable[..., None]:
    def give(person: Person, **said: str) -> None:
        beneath = Incident.objects.get(involvements__person=person)
        learn(Address(person=person, **said), beneath=beneath, by=ellen)

    return give


def test_a_former_partner_who_rings_for_somebody_else_is_not_given_away(
    kerry: Person, ellen: User, rafi: User, nr3: Unit
) -> None:
    learn(
        Telephone(person=kerry, number="07700 900461"),
        beneath=Incident.objects.get(involvements__person=kerry),
        by=ellen,
    )
    said = {
        "at_risk": "Leanne Croft",
        "telephone": "07700 900461",
        "suspect": "",
        "place": "9 Elm Road",
        "postcode": "NR2 1DS",
    }
    for_another = called(rafi, nr3, log_ref="0501", **said)
    page = words(client_of(ellen).get(f"/briefs/call/{for_another.pk}/"))
    assert "after 6 pm" not in page and HER_SISTER not in page and OPEN_IT in page
    for_herself = called(rafi, nr3, log_ref="0502", **{**said, "at_risk": "Kerry Dunmore"})
    assert "after 6 pm" in words(client_of(ellen).get(f"/briefs/call/{for_herself.pk}/"))
