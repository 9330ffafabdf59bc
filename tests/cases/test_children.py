"""Each child: what it saw, heard and said, or why it was not heard; in its own right a victim; counted and printed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.forms.children import ChildCare, ChildPerson
from cases.models import Incident, Involvement, Task
from cases.models.answers.children import Silent
from cases.services.children import expected_before, involve_unborn
from people.models import Birth, Note, Person, PersonName
from tests.cases.recording import add_person, made_safe, press, safe, save, section, words
from tests.cases.toms import browser as browser
from tests.cast import involve
from workflow import engine
from workflow.declare import all_missing

SEEN: dict[str, Any] = {
    "child_of": "harmed", "lives_there": "yes", "whereabouts": "heard", "heard_what": "Shouting and a slap.",
    "seen_by_officer": "yes", "demeanour": "Quiet.", "spoken_to": "alone", "own_words": "He hurt mummy.", "injuries": "no",
}  # fmt: skip
CARE: dict[str, Any] = {
    "schooling": "school",
    "school": "Hillfield Primary",
    "social_care": "no",
    "protection_plan": "no",
}


@pytest.fixture
def eli(browser: Client) -> Involvement:
    """Eli, eight, added to Tom's record of which the first section is saved."""
    incident = made_safe(browser)
    add_person(browser, incident, "child", forename="Eli", surname="Okoro", age="8")
    child: Involvement = incident.people("child").get()
    return child


def row(child: Involvement, kind: str = "child") -> str:
    return f"/work/incident/{child.incident_id}/rows/{kind}/{child.pk}/"


def lacking(child: Involvement) -> list[str]:
    return [line for line in all_missing(Incident.objects.get(pk=child.incident_id)) if line.startswith("Eli Okoro")]


@pytest.mark.requirement("S0-024")
def test_the_voice_of_each_child_is_needed_or_the_reason_why_it_was_not_heard(
    browser: Client, eli: Involvement
) -> None:
    assert lacking(eli)[:5] == [
        "Eli Okoro: say whose child it is", "Eli Okoro: say where the child was", "Eli Okoro: say whether you saw the child",
        "Eli Okoro: say whether you spoke to the child", "Eli Okoro: say whether the child was hurt",
    ]  # fmt: skip
    press(browser, row(eli), {**SEEN, "own_words": "", "demeanour": ""})
    assert "Eli Okoro: say how the child seemed" in lacking(eli)
    assert "Eli Okoro: say what the child said, in the child's own words" in lacking(eli)
    press(browser, row(eli), {**SEEN, "spoken_to": "no", "own_words": ""})
    assert "Eli Okoro: say why you did not speak to the child" in lacking(eli)
    press(browser, row(eli), {**SEEN, "spoken_to": "no", "silent_code": "asleep", "own_words": ""})
    assert not [line for line in lacking(eli) if "speak" in line or "said" in line]
    press(browser, row(eli), SEEN)
    press(browser, row(eli, "care"), CARE)
    assert lacking(eli) == []
    kept = Involvement.objects.get(pk=eli.pk)
    assert (kept.own_words, kept.seen_by_officer, kept.spoken_to) == ("He hurt mummy.", "yes", "alone")


@pytest.mark.parametrize("code", Silent.values)
def test_a_reason_that_says_nothing_by_itself_needs_words(code: str) -> None:
    child = Involvement(**{**SEEN, "spoken_to": "no", "own_words": "", "silent_code": code})
    wants = bool([name for name, _ in ChildPerson.missing(child) if name == "silent_because"])
    assert wants is (code in ("not_safe", "other"))


def test_the_record_cannot_be_sent_while_a_child_was_not_asked_about(browser: Client, eli: Involvement) -> None:
    page = words(browser.get(f"/work/incident/{eli.incident_id}/"))
    assert "Eli Okoro: say whose child it is, and" in page
    assert "Send to your sergeant Not yet" in page or "still need something" in page


@pytest.mark.requirement("S0-024")
def test_each_child_is_said_by_name(browser: Client, eli: Involvement) -> None:
    add_person(browser, eli.incident, "child", forename="Maya", surname="Reeve", age="1")
    page = words(browser.get(section(eli.incident, "children")))
    assert "Eli Okoro" in page and "Maya Reeve" in page
    sentences = all_missing(Incident.objects.get(pk=eli.incident_id))
    assert "Maya Reeve: say where the child was" in sentences and "Eli Okoro: say where the child was" in sentences


def test_what_stands_beneath_an_answer_that_was_not_given_is_not_kept(browser: Client, eli: Involvement) -> None:
    press(browser, row(eli), {**SEEN, "saw_what": "Something", "silent_because": "Asleep", "injuries_what": "A cut"})
    kept = Involvement.objects.get(pk=eli.pk)
    assert (kept.saw_what, kept.silent_because, kept.injuries_what) == ("", "", "")
    assert kept.heard_what == "Shouting and a slap."


def test_a_school_that_is_said_must_be_named_and_not_known_is_an_answer() -> None:
    assert [name for name, _ in ChildCare.missing(Involvement(schooling="school", social_care="no"))] == ["school"]
    assert ChildCare.missing(Involvement(schooling="not_known", social_care="not_known")) == []
    referred = ChildCare.missing(Involvement(schooling="none", social_care="no", referred="yes"))
    assert [name for name, _ in referred] == ["referred_on", "referred_to"]


def test_a_referral_lies_in_the_past_and_says_when_to_whom_and_its_reference(browser: Client, eli: Involvement) -> None:
    said = {**CARE, "referred": "yes", "referred_to": "The front door", "referral_ref": "R-77"}
    day = {"referred_on_day": "1", "referred_on_month": "1", "referred_on_year": "2099"}
    assert "must be today or in the past" in words(press(browser, row(eli, "care"), {**said, **day}))
    assert press(browser, row(eli, "care"), {**said, **day, "referred_on_year": "2026"}).status_code == 302
    kept = Involvement.objects.get(pk=eli.pk)
    assert (kept.referred_on, kept.referred_to, kept.referral_ref) == (date(2026, 1, 1), "The front door", "R-77")


def test_the_school_is_a_fact_of_the_child_and_is_typed_once(browser: Client, eli: Involvement, tom: User) -> None:
    for _ in range(2):
        press(browser, row(eli, "care"), CARE)
    assert Note.objects.get(person=eli.person, about="school").words == "Hillfield Primary"
    second = engine.perform(
        Incident(case=eli.case), "begin", by=tom,
        evidence={"reported_at": timezone.localtime().isoformat(), "channel": "999"},
    )  # fmt: skip
    safe(browser, second)
    child = engine.add(Involvement(incident=second, person=eli.person, part="child"), beneath=second, by=tom)
    page = browser.get(f"/work/incident/{second.pk}/rows/care/{child.pk}/").content.decode()
    assert 'value="Hillfield Primary"' in page


# --- a child who was hurt ---


def test_a_child_who_was_hurt_is_linked_to_child_abuse_at_once_and_once(browser: Client, eli: Involvement) -> None:
    for _ in range(2):
        press(
            browser, row(eli), {**SEEN, "injuries": "yes", "injuries_what": "A bruise on the arm; seen by paramedics."}
        )
    task = Task.objects.get(case=eli.case, kind="child_abuse", about_id=eli.pk)
    assert "A bruise on the arm" in task.why


def test_a_child_who_was_not_hurt_raises_nothing(browser: Client, eli: Involvement) -> None:
    press(browser, row(eli), SEEN)
    assert not Task.objects.filter(kind="child_abuse").exists()


# --- victims in their own right (2021 Act s3) ---

IN_LAW: list[tuple[dict[str, Any], bool]] = [
    ({"child_of": "harmed", "whereabouts": "heard"}, True),
    ({"child_of": "both", "whereabouts": "saw"}, True),
    ({"child_of": "suspect", "whereabouts": "saw"}, True),
    ({"child_of": "relative", "whereabouts": "in_house", "affected": "yes"}, True),
    ({"child_of": "harmed", "whereabouts": "elsewhere", "affected": "no"}, False),
    ({"child_of": "harmed", "whereabouts": "in_house", "affected": "not_known"}, False),
    ({"child_of": "other", "whereabouts": "saw"}, False),
    ({"child_of": "not_known", "whereabouts": "saw"}, False),
    ({"child_of": "harmed", "whereabouts": "saw", "unborn": True}, False),
    ({"whereabouts": "saw"}, False),
]


@pytest.mark.parametrize(("said", "victim"), IN_LAW, ids=range(len(IN_LAW)))
def test_a_related_child_who_saw_heard_or_felt_it_is_a_victim_in_their_own_right(
    hannahs_incident: Incident, ellen: User, said: dict[str, Any], victim: bool
) -> None:
    child = involve(hannahs_incident, ellen, "child", "Eli Okoro", **said)
    assert child.exposed is victim
    assert Involvement.objects.in_own_right().filter(pk=child.pk).exists() is victim


@pytest.mark.parametrize(("years", "days", "victim"), [(18, 0, False), (18, -1, True), (18, 1, False), (8, 0, True)])
def test_nobody_is_a_child_in_law_from_the_eighteenth_birthday(
    hannahs_incident: Incident, ellen: User, years: int, days: int, victim: bool
) -> None:
    reported = timezone.localtime(hannahs_incident.reported_at).date()
    born = reported.replace(year=reported.year - years) - timedelta(days=days)
    child = involve(hannahs_incident, ellen, "child", "Eli Okoro", born_on=born, child_of="harmed", whereabouts="saw")
    assert Involvement.objects.in_own_right().filter(pk=child.pk).exists() is victim


def test_the_page_says_how_many_are_victims(browser: Client, eli: Involvement) -> None:
    press(browser, row(eli), SEEN)
    page = words(browser.get(section(eli.incident, "children")))
    assert "1 child is a victim in their own right" in page
    assert "There at 1 incident in 12 months, 1 in all" in page


def incident_of(by: User, days_ago: int) -> Incident:
    reported = timezone.localtime() - timedelta(days=days_ago)
    made: Incident = engine.perform(
        Incident(), "begin", by=by, evidence={"reported_at": reported.isoformat(), "channel": "999"}
    )
    return made


# --- the unborn ---


def test_an_unborn_child_has_a_due_date_and_is_asked_for_no_voice(browser: Client) -> None:
    incident = made_safe(browser)
    add_person(browser, incident, "victim", forename="Hannah", surname="Okoro")
    due = timezone.localdate() + timedelta(days=90)
    boxes = {"due_on_day": str(due.day), "due_on_month": str(due.month), "due_on_year": str(due.year)}
    url = f"/incidents/{incident.pk}/children/unborn/"
    answer = press(browser, url, boxes)
    child = incident.people("child").get()
    assert answer["Location"] == f"/work/incident/{incident.pk}/rows/unborn/{child.pk}/"
    assert (child.unborn, child.due_on) == (True, due)
    assert not Birth.objects.filter(person=child.person).exists()
    assert PersonName.objects.get(person=child.person).words == "Unborn child Okoro"
    lacks = [line for line in all_missing(Incident.objects.get(pk=incident.pk)) if line.startswith("Unborn")]
    assert lacks == [
        "Unborn child Okoro: say whose child it is", "Unborn child Okoro: say whether children’s social care know the child",
    ]  # fmt: skip
    press(browser, answer["Location"], {"child_of": "both", **boxes})
    press(browser, f"/work/incident/{incident.pk}/rows/care/{child.pk}/", {"social_care": "no"})
    assert not [line for line in all_missing(Incident.objects.get(pk=incident.pk)) if line.startswith("Unborn")]
    assert Incident.objects.get(pk=incident.pk).children_present == "yes"


@pytest.mark.parametrize("days", [-61, 301])
def test_a_due_date_far_off_is_a_slip_of_the_finger(browser: Client, days: int) -> None:
    incident = made_safe(browser)
    due = timezone.localdate() + timedelta(days=days)
    boxes = {"due_on_day": str(due.day), "due_on_month": str(due.month), "due_on_year": str(due.year)}
    answer = press(browser, f"/incidents/{incident.pk}/children/unborn/", boxes)
    assert answer.status_code == 422
    assert "within the next ten months" in words(answer)
    assert not incident.people("child").exists()


def test_the_same_unborn_child_at_the_next_incident_is_one_child(
    hannahs_incident: Incident, hannah: Person, ellen: User
) -> None:
    due = timezone.localdate() + timedelta(days=60)
    first = involve_unborn(incident=hannahs_incident, by=ellen, due_on=due)
    second = incident_of(ellen, 1)
    engine.add(Involvement(incident=second, person=hannah, part="victim"), beneath=second, by=ellen)
    found = involve_unborn(incident=second, by=ellen, due_on=None)
    assert (found.person, found.due_on) == (first.person, due)


def test_a_pregnancy_is_told_to_nobody_who_has_not_said_why(
    hannahs_incident: Incident, hannah: Person, ellen: User, sam: User
) -> None:
    involve_unborn(incident=hannahs_incident, by=ellen, due_on=timezone.localdate() + timedelta(days=60))
    elsewhere = incident_of(sam, 1)
    engine.add(Involvement(incident=elsewhere, person=hannah, part="victim"), beneath=elsewhere, by=sam)
    assert expected_before(elsewhere, sam) is None


def test_adding_an_unborn_child_twice_by_a_second_press_adds_one(browser: Client) -> None:
    incident = made_safe(browser)
    url = f"/incidents/{incident.pk}/children/unborn/"
    sent = {"token": "one-press", "due_on_day": ""}
    assert browser.post(url, sent)["Location"] == browser.post(url, sent)["Location"]
    assert incident.people("child").count() == 1
    assert browser.get(f"/incidents/{incident.pk}/children/nonsense/").status_code == 404


def test_saving_the_question_of_children_says_none_is_an_answer(browser: Client) -> None:
    incident = made_safe(browser)
    save(browser, incident, "children", children_present="no")
    assert not [line for line in all_missing(Incident.objects.get(pk=incident.pk)) if "child" in line.lower()]


@pytest.mark.parametrize(("part", "place"), [("child", "children"), ("witness", "witnesses")])
def test_four_people_on_a_page_cost_the_database_no_more_than_one(
    tom: User, browser: Client, part: str, place: str, django_assert_num_queries: Any
) -> None:
    incident = made_safe(browser)
    incident = Incident.objects.get(pk=incident.pk)
    involve(incident, tom, part, "Eli Okoro", born_on=date(2018, 2, 1))
    browser.get(section(incident, place))  # what is kept for the process is fetched
    with CaptureQueriesContext(connection) as of_one:
        browser.get(section(incident, place))
    for name in ("Maya Okoro", "Sam Okoro", "Tess Okoro"):
        involve(incident, tom, part, name, born_on=date(2020, 2, 1))
    with django_assert_num_queries(len(of_one)):
        page = browser.get(section(incident, place)).content.decode()
    assert "Tess Okoro" in page
