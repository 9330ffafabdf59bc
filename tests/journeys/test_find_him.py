"""A responder on the way finds the man under a misspelt name and a swapped birth date, sees why, and reads the brief."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import BriefRead, Call, Case
from people.models import Address, Birth, Person, PersonName
from people.services import learn
from tests.browser import DESK, PHONE
from tests.cases.calls import called, now, step
from tests.cast import involve
from tests.factories import begun
from tests.journeys.looking import Looking, staff
from workflow import engine

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [PHONE], indirect=True, ids=["phone"])]

DOG = "Two dogs loose in the yard, one bites"


def two_of_a_name(by: User) -> Person:
    """Gethin Prosser, said to have harmed Odette Marlow; and Gethin Prossett, who is another man. Returns the first."""
    incident = begun(by, log_ref="0519")
    involve(incident, by, "victim", "Odette Marlow")
    him = involve(
        incident, by, "suspect", "Gethin Prosser", born_on=date(1987, 4, 11), address="9 Tannery Row", postcode="NR8 2AB",
        relationship="XBG",
    ).person  # fmt: skip
    learn(PersonName(person=him, forename="Getty", surname="Prosser", kind="alias"), beneath=incident, by=by)
    learn(Address(person=him, line="30 Corn Street", postcode="NR8 1AA"), beneath=incident, by=by)
    engine.perform(Case.objects.get(pk=incident.case_id), "warn", by=by, evidence={"what": DOG})
    other = involve(begun(by, log_ref="0520"), by, "suspect", "Gethin Prossett", relationship="XBG")
    learn(Birth(person=other.person, born_on=date(1987, 1, 1), approximate=True), beneath=other.incident, by=by)
    return him


def sent_to(person: Person, handler: User, team: Any) -> Call:
    """The call to which a car of the team is sent now, about her whom he is said to have harmed."""
    incidents = person.involvements.values("incident")
    harmed = Person.objects.get(involvements__part="victim", involvements__incident__in=incidents)
    call = called(handler, team, harmed=str(harmed.pk), suspect="Gethin Prosser", log_ref="0521", place="9 Tannery Row")
    return step(call, "dispatch", handler, resource="NR81", dispatched_at=now())


def looked_for(responder: Looking, name: str, born: str) -> str:
    """The key leads to the box in the frame; then the same page takes the birth date. What the answer says."""
    page = responder.page
    page.locator("h1").first.click()
    page.keyboard.press("/")
    expect(page.locator("#frame-search")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(f"may be “{name}”")
    responder.look("find-1-by-name")
    if (change := page.get_by_role("link", name="Change what you look for")).is_visible():
        change.click()  # on a phone what was asked is one line
    page.get_by_label("Birth date or age, if known").fill(born)
    responder.press("Search again")
    expect(page.locator("h1")).to_be_focused()
    assert name not in page.url and born not in page.url
    return responder.look("find-2-by-name-and-birth-date")


def brief_read(responder: Looking, call: Call) -> None:
    """From the call to its brief, and said to be read."""
    responder.open(call.get_absolute_url(), "find-5-call")
    responder.page.get_by_role("link", name="Open the brief to read it").click()
    words = responder.look("find-6-brief-of-call")
    assert DOG in words and "Gethin Prosser" in words and "Brief, log 0521" in words
    responder.press("I have read this")
    expect(responder.page.locator("main")).to_contain_text("You have said that you have read it")


def test_a_responder_finds_him_under_a_misspelt_name_and_a_swapped_birth_date_and_reads_the_brief(at_work: Any) -> None:
    writer = staff("PC", "8101", "Nia Colwyn", "officer", "NR8")
    reader = staff("PC", "8102", "Rhys Vaughan", "officer", "NR8")
    handler = staff("", "8103", "Maud Ellery", "contact_handler")
    him = two_of_a_name(writer)
    call = sent_to(him, handler, reader.postings.get().unit)

    responder = at_work(reader)
    answer = looked_for(responder, "gethyn prossor", "4 11 1987")
    first = responder.page.locator(".app-found__row").first
    for why in ("Gethin", "Prosser", "born 11 April 1987", "Why it matched", "Day and month swapped"):
        expect(first).to_contain_text(why)
    expect(first).to_contain_text("sounds like")
    assert answer.index("Gethin PROSSER") < answer.index("Gethin PROSSETT"), "nearest first"
    expect(first).to_contain_text(DOG)

    first.get_by_role("link", name="Gethin PROSSER").click()
    responder.heading("Gethin Prosser")
    assert DOG in responder.look("find-3-person")
    responder.page.get_by_role("button", name="Brief for whoever goes").click()
    assert DOG in responder.look("find-4-brief-of-person") and "Odette Marlow" in responder.words()
    brief_read(responder, call)
    assert [row.recorded_by for row in BriefRead.objects.filter(brief__call=call)] == [reader]

    responder.page.set_viewport_size(DESK)
    responder.open(f"/people/{him.pk}/", "find-7-person")
    responder.open("/search/")
    looked_for(responder, "gethyn prossor", "4 11 1987")
