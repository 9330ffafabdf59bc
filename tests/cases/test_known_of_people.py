"""What is known of the people of an incident: their own words of themselves, small things, and what is known no longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import Incident
from people.models import Description, Note, Telephone
from people.services import learn
from reporting.paper.case_file import read_case
from tests import factories
from tests.cases.recording import add_person, made_safe, press, section, words
from tests.cases.toms import browser as browser
from tests.cases.toms import harmed
from tests.cases.toms import incident as incident
from workflow import engine

pytestmark = pytest.mark.django_db


def about(incident: Incident, part: str = "victim") -> str:
    return f"/incidents/{incident.pk}/people/{incident.people(part).get().pk}/about/"


def test_a_few_quick_answers_become_facts_and_empty_boxes_say_nothing(browser: Client, incident: Incident) -> None:
    assert press(browser, about(incident), {}).status_code == 302
    assert not Description.objects.exists()
    press(
        browser,
        about(incident),
        {"gender": "F", "ethnicity": "not_understood", "disability": "yes", "disability_words": "Deaf"},
    )
    said = {fact.topic: (fact.answer, fact.said_words) for fact in Description.objects.all()}
    assert said == {"gender": ("F", ""), "ethnicity": ("not_understood", ""), "disability": ("yes", "Deaf")}
    press(browser, about(incident), {"gender": "F"})
    assert Description.objects.count() == 3  # said again, and nothing new
    page = words(browser.get(section(incident, "harmed")))
    assert "About them, if they wish to say (3)" in page
    assert "Disability: Yes: Deaf" in page  # by who wrote it


def test_what_one_may_not_read_is_not_in_the_boxes_either(
    browser: Client, incident: Incident, ellen: User, sign_in: Callable[[User], Client]
) -> None:
    press(browser, about(incident), {"religion": "sikh"})
    other = sign_in(ellen)
    page = other.get(about(incident)).content.decode()
    assert '<option value="sikh" selected' not in page
    assert "Recorded already. Answer only to change it." in page
    assert "Religion or belief: Recorded" in words(other.get(section(incident, "harmed")))
    assert '<option value="sikh" selected' in browser.get(about(incident)).content.decode()


def test_of_a_suspect_only_what_is_needed_is_asked(browser: Client, incident: Incident) -> None:
    add_person(browser, incident, "suspect", forename="Daniel", surname="Reeve")
    page = words(browser.get(about(incident, "suspect")))
    assert "Seen by an officer as" in page and "Ethnicity, self-defined" in page
    assert "Religion" not in page and "Sexual orientation" not in page
    answer = press(browser, about(incident, "suspect"), {"seen_as": "IC1", "religion": "sikh"})
    assert answer.status_code == 302
    assert list(Description.objects.values_list("topic", flat=True)) == ["seen_as"]


@pytest.mark.parametrize(
    "said", [{"gender": "Q"}, {"ethnicity": "O1"}, {"seen_as": "declined"}, {"disability_words": "x" * 201}]
)
def test_an_answer_that_is_none_is_refused_and_nothing_is_kept(
    browser: Client, incident: Incident, said: dict[str, str]
) -> None:
    assert press(browser, about(incident), said).status_code == 422
    assert not Description.objects.exists()


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("email", {"about": "email", "said_words": "hannah at home"}, "Enter an email address, like name@example.org"),
        ("note", {"said_words": "4471"}, "Choose what it is"),
        ("school", {"about": "school", "said_words": ""}, "Write it down"),
    ],
)
def test_a_small_thing_says_what_it_is(
    browser: Client, incident: Incident, kind: str, said: dict[str, str], sentence: str
) -> None:
    url = f"/incidents/{incident.pk}/people/{harmed(incident).pk}/facts/{kind}/"
    answer = press(browser, url, said)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Note.objects.exists()


def test_the_next_record_asks_each_again_with_one_tap_each_and_no_button_for_all(
    browser: Client, incident: Incident
) -> None:
    person, base = harmed(incident).person, f"/incidents/{incident.pk}/people/{harmed(incident).pk}"
    press(browser, f"{base}/facts/key_code/", {"about": "key_code", "said_words": "4471"})
    press(browser, f"{base}/facts/animals/", {"about": "animals", "said_words": "Large dog in the hall"})
    press(browser, about(incident), {"gender": "F"})
    again = made_safe(browser)
    add_person(browser, again, "victim", {"person": str(person.pk)}, forename="Hannah", surname="Okoro")
    page = words(browser.get(section(again, "harmed")))
    assert page.count("Still true?") == page.count("Yes, still true") >= 3
    assert f"{incident.case.reference}: key code 4471" in page
    assert page.count("Yes, ") == page.count("Yes, still true")  # and none for all of them
    row = harmed(again)
    dog = Note.objects.get(about="animals")
    yes = browser.post(
        f"/incidents/{again.pk}/people/{row.pk}/still-true/", {"fact": f"people.note:{dog.pk}", "answer": "yes"}
    )
    assert yes.status_code == 302
    assert Note.objects.get(case=again.case, about="animals").said_words == "Large dog in the hall"
    code = Note.objects.get(about="key_code")
    no = browser.post(
        f"/incidents/{again.pk}/people/{row.pk}/still-true/", {"fact": f"people.note:{code.pk}", "answer": "no"}
    )
    assert no["Location"] == f"/incidents/{again.pk}/people/{row.pk}/facts/key_code/"
    assert not Note.objects.standing().filter(about="key_code").exists()  # nobody stands at the door with the old code
    assert "Still true? Learned" in words(browser.get(section(again, "harmed")))  # her gender is still asked


NUMBER = "07700 900 862"


def call_pages(record: Incident) -> list[str]:
    case = record.case
    person = harmed(record).person
    return [
        case.get_absolute_url(), f"{case.get_absolute_url()}?panel=safe-contact", f"{case.get_absolute_url()}?panel=people",
        f"/people/{person.pk}/", f"/work/incident/{record.pk}/", section(record, "harmed"), section(record, "contact"),
        f"/work/case/{case.pk}/safe-contact/",
        f"/cases/{case.reference}/safe-contact/",
    ]  # fmt: skip


def test_a_number_that_was_taken_out_is_given_as_one_to_call_by_no_page_of_the_case(
    complete_record: Incident, ellen: User, sign_in: Callable[[User], Client]
) -> None:
    record, browser = complete_record, sign_in(ellen)
    fact = learn(Telephone(person=harmed(record).person, number=NUMBER), beneath=record, by=ellen)
    ways = {"means": ["call"], "call": NUMBER, "when": "In the morning", "never_use": "The landline"}
    ways["changed_because"] = "She gave us her own number."
    engine.perform(record.case, "safe-contact", by=ellen, evidence=ways)
    pages = [url for url in call_pages(record) if browser.get(url).status_code == 200]
    before = {url for url in pages if NUMBER in browser.get(url).content.decode()}
    assert record.case.get_absolute_url() in before and section(record, "harmed") in before
    url = f"/incidents/{record.pk}/people/{harmed(record).pk}/facts/telephone/{fact.pk}/take-out/"
    assert "no page of any case gives it as a way to reach them" in words(browser.get(url))
    assert press(browser, url, {"reason": ""}).status_code == 422
    for _ in range(2):  # pressed twice
        assert browser.post(url, {"reason": "He has this telephone now."}).status_code == 302
    assert [url for url in pages if NUMBER in browser.get(url).content.decode()] == []
    paper = read_case(record.case, ellen, timezone.now())
    assert NUMBER not in str(paper.contact)
    assert NUMBER not in [known.words for _, facts in paper.known for known in facts]
    kept = Telephone.objects.get(pk=fact.pk)
    assert kept.struck_out_at is not None and kept.number == NUMBER
    assert kept.events.count() == 2  # history: learned, and taken out


def test_a_fact_of_another_person_or_case_is_not_there_to_be_taken_out(
    complete_record: Incident, ellen: User, tom: User, sign_in: Callable[[User], Client]
) -> None:
    other = factories.peopled(factories.begun(tom), tom)
    fact = learn(Telephone(person=harmed(other).person, number=NUMBER), beneath=other, by=tom)
    base = f"/incidents/{complete_record.pk}/people/{harmed(complete_record).pk}/facts"
    browser = sign_in(ellen)
    assert browser.get(f"{base}/telephone/{fact.pk}/take-out/").status_code == 404
    assert browser.get(f"{base}/personname/{fact.pk}/take-out/").status_code == 404
    assert Telephone.objects.standing().filter(pk=fact.pk).exists()
