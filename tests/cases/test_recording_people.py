"""People are found before they are made, what is known is asked again, and a name never stands in an address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Access
from cases.models import Case, FactAsked, Incident, Involvement
from cases.models.relationship import GROUNDS, RELATIONSHIPS, TABLE
from people.models import Address, Birth, Person, PersonName
from tests.cases.recording import add_person, hidden, made_safe, press, section, words
from tests.cases.toms import browser as browser
from tests.cast import shut_out
from workflow.models import Draft


@pytest.fixture
def incident(browser: Client) -> Incident:
    """Tom's record, in a case of its own."""
    return made_safe(browser)


def finding(incident: Incident, part: str = "victim") -> str:
    return f"/incidents/{incident.pk}/people/{part}/"


def test_a_known_person_is_offered_with_why_she_matched_and_what_is_known(
    browser: Client, incident: Incident, hannah: Person
) -> None:
    found = press(browser, finding(incident), {"forename": "Hanah", "surname": "Okoro"})
    page = words(found)
    assert "1 person it may be" in page
    assert "Hannah Okoro , born 4 May 1991" in page
    assert "Lives: Flat 3, 14 Mill Lane, NR3 4QX" in page
    assert "None of these: make a new person" in page
    looked = Access.objects.filter(kind=Access.Kind.SEARCH).latest("pk")
    assert looked.hits == [hannah.pk]


def test_choosing_her_gives_this_case_her_name_and_asks_whether_the_rest_is_still_true(
    browser: Client, incident: Incident, hannah: Person, hannahs_case: Case
) -> None:
    answer = add_person(browser, incident, "victim", {"person": str(hannah.pk)}, forename="Hanah", surname="Okoro")
    assert answer["Location"] == section(incident, "harmed")
    assert Person.objects.count() == 2  # Hannah and Daniel, as before
    assert PersonName.objects.filter(case=incident.case, person=hannah).values_list("forename", "surname").get() == (
        "Hannah",
        "Okoro",
    )
    assert Birth.objects.filter(case=incident.case, person=hannah).exists()
    page = words(browser.get(section(incident, "harmed")))
    assert "Still true? Learned" in page
    assert f"PC 2877 Ellen Marsh, {hannahs_case.reference}: lives Flat 3, 14 Mill Lane, NR3 4QX" in page
    assert f"Hannah Okoro is the person harmed in another open case: {hannahs_case.reference}" in page
    tasks = words(browser.get(f"/work/incident/{incident.pk}/"))
    assert "Hannah Okoro Address known since" in tasks
    assert "Still true?" in tasks


def test_still_true_keeps_the_fact_as_this_cases_own_and_asks_no_more(
    browser: Client, incident: Incident, hannah: Person
) -> None:
    add_person(browser, incident, "victim", {"person": str(hannah.pk)}, forename="Hannah", surname="Okoro")
    row, fact = incident.people("victim").get(), Address.objects.get(person=hannah)
    url = f"/incidents/{incident.pk}/people/{row.pk}/still-true/"
    for _ in range(2):
        assert browser.post(url, {"fact": f"people.address:{fact.pk}", "answer": "yes"}).status_code == 302
    assert Address.objects.filter(case=incident.case, person=hannah).get().line == fact.line
    assert "Still true?" not in words(browser.get(section(incident, "harmed")))


def test_no_longer_true_is_noted_and_leads_to_what_is_true_now(
    browser: Client, incident: Incident, hannah: Person
) -> None:
    add_person(browser, incident, "victim", {"person": str(hannah.pk)}, forename="Hannah", surname="Okoro")
    row, fact = incident.people("victim").get(), Address.objects.get(person=hannah)
    url = f"/incidents/{incident.pk}/people/{row.pk}/still-true/"
    answer = browser.post(url, {"fact": f"people.address:{fact.pk}", "answer": "no"})
    assert answer["Location"] == f"/incidents/{incident.pk}/people/{row.pk}/facts/address/"
    assert FactAsked.objects.get().still_true is False
    assert "Still true?" not in words(browser.get(section(incident, "harmed")))  # asked once, whatever the answer
    assert press(browser, answer["Location"], {"line": ""}).status_code == 422
    press(browser, answer["Location"], {"line": "9 Quay Street", "postcode": "nr1 2ab"})
    assert Address.objects.get(case=incident.case).words == "9 Quay Street, NR1 2AB"
    assert "Still true?" not in words(browser.get(section(incident, "harmed")))


def test_nobody_like_that_makes_a_new_person_with_an_age_for_a_missing_birth_date(
    browser: Client, incident: Incident
) -> None:
    answer = add_person(browser, incident, "suspect", forename="Peter", surname="Blythe", age="40")
    row = incident.people("suspect").get()
    assert answer["Location"] == f"/work/incident/{incident.pk}/rows/suspect/{row.pk}/"
    assert Birth.objects.get(person=row.person).age_said == 40
    add_person(browser, incident, "victim", forename="Gordon", surname="Blythe")
    assert "Born not known" in words(browser.get(section(incident, "harmed")))


def test_pressing_twice_adds_one_person_once(browser: Client, incident: Incident) -> None:
    said = {"forename": "Craig", "surname": "Dunmor"}
    found = press(browser, finding(incident, "suspect"), said)
    sent = {**hidden(found.content.decode()), **said, "new": "1"}
    first, second = (browser.post(finding(incident, "suspect"), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Person.objects.count() == Involvement.objects.count() == 1


def test_the_same_person_is_in_a_record_once(browser: Client, incident: Incident, hannah: Person) -> None:
    add_person(browser, incident, "victim", {"person": str(hannah.pk)}, forename="Hannah", surname="Okoro")
    answer = add_person(browser, incident, "suspect", {"person": str(hannah.pk)}, forename="Hannah", surname="Okoro")
    assert answer.status_code == 422
    assert "They are in this record already." in words(answer)
    assert browser.get(finding(incident))["Location"] == section(incident, "harmed")


def test_somebody_of_a_case_one_is_shut_out_of_is_neither_offered_nor_to_be_chosen(
    browser: Client, incident: Incident, hannah: Person, hannahs_case: Case, tom: User, priya: User
) -> None:
    shut_out(hannahs_case, tom, priya)
    found = press(browser, finding(incident), {"forename": "Hannah", "surname": "Okoro"})
    assert "Nobody like that is known to you" in words(found)
    chosen = add_person(browser, incident, "victim", {"person": str(hannah.pk)}, forename="Hannah", surname="Okoro")
    assert chosen.status_code == 404


BAD: list[tuple[dict[str, str], str]] = [
    ({}, "Enter a first name or a surname"),
    ({"surname": "x" * 101}, "Surname must be 100 characters or fewer"),
    ({"surname": "Oko\x00ro"}, "characters in it that cannot be seen"),
    (
        {"surname": "Okoro", "born_on_day": "31", "born_on_month": "2", "born_on_year": "1991"},
        "Date of birth must be a real date",
    ),
    (
        {"surname": "Okoro", "born_on_day": "1", "born_on_month": "1", "born_on_year": "2099"},
        "Date of birth must be today or in the past",
    ),
    ({"surname": "Okoro", "age": "200"}, "Age must be 120 or fewer"),
]


@pytest.mark.parametrize(("said", "sentence"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_looked_for_is_said_and_what_was_typed_is_kept(
    browser: Client, incident: Incident, said: dict[str, str], sentence: str
) -> None:
    answer = press(browser, finding(incident), said)
    assert answer.status_code == 422
    assert sentence in words(answer)
    if "surname" in said:
        again = browser.get(finding(incident)).content.decode()
        assert said["surname"].replace("\x00", "") in again


def test_a_name_never_stands_in_an_address(browser: Client, incident: Incident, hannah: Person) -> None:
    found = press(browser, finding(incident), {"forename": "Hannah", "surname": "Okoro"})
    addresses = [part.split('"')[0].lower() for part in found.content.decode().split('href="')[1:]]
    assert not any("okoro" in address or "hannah" in address for address in addresses)
    assert not Draft.objects.filter(path__icontains="okoro").exists()


def test_somebody_added_in_error_is_taken_out_and_another_added(browser: Client, incident: Incident) -> None:
    add_person(browser, incident, "victim", forename="Hannah", surname="Okoro")
    row = incident.people("victim").get()
    url = f"/work/incident/{incident.pk}/rows/victim/{row.pk}/strike/"
    assert press(browser, url, {"reason": ""}).status_code == 422
    assert press(browser, url, {"reason": "It is her sister who was harmed."}).status_code == 302
    assert browser.post(url, {"reason": "It is her sister who was harmed."}).status_code == 302
    assert not incident.people("victim").exists()
    add_person(browser, incident, "victim", forename="Grace", surname="Okoro")
    assert incident.people("victim").count() == 1


def test_a_childs_row_is_no_suspects_row(browser: Client, incident: Incident) -> None:
    add_person(browser, incident, "child", forename="Eli", surname="Okoro", age="8")
    child = incident.people("child").get()
    assert browser.get(f"/work/incident/{incident.pk}/rows/suspect/{child.pk}/").status_code == 404
    said = {"whereabouts": "heard", "seen_by_officer": "yes", "spoken_to": "no"}
    press(browser, f"/work/incident/{incident.pk}/rows/child/{child.pk}/", said)
    assert "Say why you did not speak to the child" in words(browser.get(section(incident, "children")))


def test_a_date_of_separation_belongs_to_former_partners(browser: Client, incident: Incident) -> None:
    add_person(browser, incident, "suspect", forename="Daniel", surname="Reeve")
    url = f"/work/incident/{incident.pk}/rows/suspect/{incident.people('suspect').get().pk}/"
    date = {"separated_on_day": "3", "separated_on_month": "5", "separated_on_year": "2026"}
    assert press(browser, url, {"relationship": "SD", "cohabiting": "no", **date}).status_code == 422
    assert press(browser, url, {"relationship": "XCO", "cohabiting": "no", **date}).status_code == 302
    assert "connected by law" in words(browser.get(f"/work/incident/{incident.pk}/")) or "Daniel Reeve" in words(
        browser.get(f"/work/incident/{incident.pk}/")
    )


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.code)
def test_class_and_ground_are_read_from_the_code(row: Any) -> None:
    assert set(row.grounds) <= set(GROUNDS)
    assert row.connected is bool(row.kind)
    assert RELATIONSHIPS[row.code] is row
    if row.code.startswith("X"):
        assert row.former
