"""What an officer adds about somebody, one thing to a page: each answered, refused with a sentence, or asked once more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Incident
from people.models import Address, Fact, Handle, Identifier, Link, PersonName, Vehicle, WarningMarker
from tests.cases.recording import add_person, made_safe, press, section, words
from tests.cases.toms import browser as browser
from tests.cases.toms import harmed
from tests.cases.toms import incident as incident

pytestmark = pytest.mark.django_db


def page_of(incident: Incident, kind: str) -> str:
    return f"/incidents/{incident.pk}/people/{harmed(incident).pk}/facts/{kind}/"


def added(browser: Client, incident: Incident, kind: str, /, **said: Any) -> Any:
    return press(browser, page_of(incident, kind), said)


WHOLE: list[tuple[str, dict[str, Any], Any, str]] = [
    ("name", {"kind": "known_as", "forename": "Hanny"}, PersonName, "Name: Hanny"),
    ("vehicle", {"plate": "lk19", "partial": "on", "looks": "Grey van"}, Vehicle, "Vehicle: Grey van, part plate LK19"),
    ("handle", {"network": "whatsapp", "handle": "@hannah"}, Handle, "Social media: WhatsApp: @hannah"),
    ("identifier", {"series": "pnc", "number": "88/14402t"}, Identifier, "Identifier: PNC 88/14402T"),
    (
        "warning", {"danger": "animals", "what": "Large dog", "said_by": "Neighbour", "since_year": "2024",
                    "review_on_day": "1", "review_on_month": "6", "review_on_year": "2090"},
        WarningMarker, "Warning: Dangerous animal: Large dog; since 2024; says Neighbour; to be reviewed 1 June 2090",
    ),
    (
        "address", {"line": "8 Sample Street", "whose": "family", "since_month": "3", "since_year": "2021",
                    "until_year": "2023"},
        Address, "Lives: 8 Sample Street (Their family’s home, March 2021 to 2023)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "model", "line"), WHOLE, ids=[row[0] for row in WHOLE])
def test_it_is_learned_and_stands_beneath_the_name(
    kind: str, said: dict[str, Any], model: Any, line: str, browser: Client, incident: Incident
) -> None:
    answer = added(browser, incident, kind, **said)
    assert answer.status_code == 302, words(answer)
    assert model.objects.filter(case=incident.case, person=harmed(incident).person).exists()
    assert line in words(browser.get(section(incident, "harmed")))


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("name", {"kind": "alias"}, "Enter a first name or a surname"),
    ("name", {"forename": "Hanny"}, "Choose what kind of name it is"),
    ("name", {"kind": "alias", "surname": "--"}, "Enter a first name or a surname"),
    ("vehicle", {}, "Enter the registration or how it looks"),
    ("vehicle", {"plate": "LK19"}, "This is no whole registration"),
    ("vehicle", {"plate": "<b>"}, "The registration must be letters and numbers"),
    ("handle", {"network": "x", "handle": "@@"}, "must have a letter or a number in it"),
    ("handle", {"handle": "gaz"}, "Choose where the account is"),
    ("identifier", {"series": "pnc", "number": "88/14402X"}, "PNC looks like 88/14402T"),
    ("identifier", {"series": "wrong", "number": "1"}, "must be one of the answers shown"),
    ("identifier", {"series": "other", "number": "…"}, "The number must have a letter or a number in it"),
    ("warning", {"danger": "weapons"}, "Say who says so"),
    ("warning", {"danger": "weapons", "what": "Knife", "said_by": "Me", "review_on_day": "1", "review_on_month": "1",
                 "review_on_year": "2001"}, "must be today or in the future"),
    ("address", {"line": "8 Sample Street", "since_year": "2023", "until_year": "2021"}, "The end must be after"),
    ("address", {"line": "8 Sample Street", "until_year": "2999"}, "must be today or in the past"),
    ("link", {"tie": "partner", "other": "999999"}, "must be one of the answers shown"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "sentence"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_a_sentence_and_kept_as_typed(
    kind: str, said: dict[str, Any], sentence: str, browser: Client, incident: Incident
) -> None:
    before = {model: model.objects.count() for model in Fact.kinds()}
    answer = added(browser, incident, kind, **said)
    assert answer.status_code == 422 and sentence in words(answer), words(answer)
    assert {model: model.objects.count() for model in Fact.kinds()} == before
    for typed in said.values():
        if kind == "vehicle" and typed == "LK19":
            assert typed in browser.get(page_of(incident, kind)).content.decode()


def test_a_number_of_an_odd_shape_is_asked_once_more_and_then_kept_as_it_is(
    browser: Client, incident: Incident
) -> None:
    assert added(browser, incident, "identifier", series="pnc", number="88/14402X").status_code == 422
    assert added(browser, incident, "identifier", series="pnc", number="88/14402X", odd="on").status_code == 302
    kept = Identifier.objects.get()
    assert kept.odd and kept.words == "PNC 88/14402X (not the usual shape: check it)"
    added(browser, incident, "identifier", series="pnc", number="88/14402T", odd="on")
    assert not Identifier.objects.latest("pk").odd  # it is not odd, whatever was ticked


def test_what_two_are_to_each_other_is_said_of_somebody_in_the_case(browser: Client, incident: Incident) -> None:
    assert "Nobody else is in this case yet" in words(browser.get(page_of(incident, "link")))
    add_person(browser, incident, "suspect", forename="Daniel", surname="Reeve")
    other = incident.people("suspect").get()
    answer = added(browser, incident, "link", tie="parent", other=str(other.person_id), since_year="2019")
    assert answer.status_code == 302, words(answer)
    assert Link.objects.get().other_id == other.person_id
    assert "Linked to: Parent of Daniel Reeve, since 2019" in words(browser.get(section(incident, "harmed")))
    assert "Linked to: Child of Hannah Okoro, since 2019" in words(browser.get(section(incident, "suspects")))


def test_what_is_rarely_known_at_the_door_stands_behind_one_link(browser: Client, incident: Incident) -> None:
    page = browser.get(section(incident, "harmed"))
    assert "Add another name, vehicle, account, number or tie" in words(page)
    more = browser.get(page_of(incident, "more"))
    for kind in ("name", "vehicle", "handle", "identifier", "link"):
        assert page_of(incident, kind) in more.content.decode()
        assert page_of(incident, kind) not in page.content.decode()


def test_the_next_case_asks_whether_it_is_still_true_and_leads_to_where_it_is_changed(
    browser: Client, incident: Incident
) -> None:
    person = harmed(incident).person
    added(browser, incident, "warning", **WHOLE[4][1])
    added(browser, incident, "vehicle", plate="AB12 CDE")
    again = made_safe(browser)
    add_person(browser, again, "victim", {"person": str(person.pk)}, forename="Hannah", surname="Okoro")
    page = words(browser.get(section(again, "harmed")))
    assert ": vehicle AB12 CDE" in page and ": warning Dangerous animal: Large dog" in page
    warning = WarningMarker.objects.get()
    url = f"/incidents/{again.pk}/people/{harmed(again).pk}/still-true/"
    yes = browser.post(url, {"fact": f"people.warningmarker:{warning.pk}", "answer": "yes"})
    assert yes.status_code == 302
    again_said = WarningMarker.objects.get(case=again.case)
    assert (again_said.what, again_said.since, again_said.since_part) == ("Large dog", warning.since, "year")
    no = browser.post(url, {"fact": f"people.vehicle:{Vehicle.objects.get().pk}", "answer": "no"})
    assert no["Location"] == page_of(again, "vehicle")


def test_a_double_press_learns_it_once(browser: Client, incident: Incident) -> None:
    page = browser.get(page_of(incident, "vehicle")).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    for _press in range(2):
        browser.post(page_of(incident, "vehicle"), {"token": token, "plate": "AB12 CDE"})
    assert Vehicle.objects.count() == 1


def test_a_stranger_finds_no_such_page(incident: Incident, victor: User, sign_in: Any, stranger: User) -> None:
    for kind in ("more", "warning", "link"):
        assert sign_in(stranger).get(page_of(incident, kind)).status_code == 404
