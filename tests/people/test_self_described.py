"""What people say of themselves: asked, declined and not asked apart; read by few where it is private; never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Case, Incident, Involvement
from people.models import Description, Note, Person, Telephone
from people.models.ethnicity import EIGHTEEN, NOT_STATED, SIXTEEN, from_sixteen
from people.models.note import NOTE_KINDS, NoteKind
from people.models.topic import PRIVATE, READ_PRIVATE, TABLE, TOPICS, UNKNOWN, WHY_NOT, sex_for_return
from people.services import describe, described, facts_of, find, learn, still_true, take_out
from reporting.paper.case_file import read_case
from tests import factories
from tests.cast import person as somebody_with
from tests.people.population import learned
from workflow import engine

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
EIGHTEEN_CODES = {code for code, _ in EIGHTEEN}


@given(st.sampled_from(SIXTEEN))
def test_every_code_of_the_older_list_is_a_code_of_the_newer_and_keeps_what_was_sent(code: str) -> None:
    new, source = from_sixteen(code)
    assert new in EIGHTEEN_CODES
    assert source == code
    assert new == ("A4" if code == "O1" else code)


@given(st.sampled_from(SIXTEEN), st.sampled_from(SIXTEEN))
def test_two_codes_never_become_one(one: str, other: str) -> None:
    assert (from_sixteen(one).code == from_sixteen(other).code) is (one == other)


@given(st.sampled_from([*SIXTEEN, NOT_STATED]), st.sampled_from(["", " ", "\t"]), st.booleans())
def test_it_does_not_matter_how_a_code_was_typed(code: str, space: str, lower: bool) -> None:
    typed = f"{space}{code.lower() if lower else code}{space}"
    assert from_sixteen(typed) == from_sixteen(code)


@given(st.text(max_size=4).filter(lambda text: text.strip().upper() not in {*SIXTEEN, NOT_STATED}))
def test_what_is_no_code_of_the_older_list_is_refused_and_not_guessed(code: str) -> None:
    with pytest.raises(ValueError, match="no code of the 16"):
        from_sixteen(code)


def test_the_newer_list_has_eighteen_and_the_older_lacks_three_of_them() -> None:
    assert len(EIGHTEEN_CODES) == 18
    assert EIGHTEEN_CODES - set(SIXTEEN) == {"W3", "O2", "A4"}
    assert NOT_STATED not in EIGHTEEN_CODES


@given(st.sampled_from(["F", "M", "X", "NK", *(code for code, _ in WHY_NOT), ""]))
def test_only_female_and_male_are_returned_and_all_else_is_unknown(gender: str) -> None:
    assert sex_for_return(gender) == (gender if gender in ("F", "M") else UNKNOWN)


def say(person: Person, incident: Incident, by: User, **said: str) -> list[Description]:
    return describe(
        person=person, said={topic: (answer, "") for topic, answer in said.items()}, beneath=incident, by=by
    )


@pytest.mark.requirement("S0-023")
def test_not_asked_is_no_refusal_and_neither_is_silence(
    hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    [declined] = say(hannah, hannahs_incident, ellen, religion="declined")
    [not_asked] = say(hannah, hannahs_incident, ellen, orientation="not_asked")
    assert (declined.why_not, not_asked.why_not) == ("declined", "not_asked")
    assert (declined.words, not_asked.words) == ("Did not wish to say", "Not asked")
    assert "gender" not in described([hannah.pk], case=hannahs_incident.case_id)[hannah.pk]


@pytest.mark.parametrize("why", [code for code, _ in WHY_NOT])
def test_an_ethnicity_that_is_not_stated_says_why(
    why: str, hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    [fact] = say(hannah, hannahs_incident, ellen, ethnicity=why)
    assert (fact.ethnic_code, fact.why_not) == (NOT_STATED, why)


@pytest.mark.parametrize(
    ("topic", "answer"),
    [("ethnicity", "NS"), ("ethnicity", "O1"), ("gender", "W1"), ("seen_as", "IC7"), ("star_sign", "leo")],
)
def test_the_database_takes_no_answer_that_its_topic_has_not(
    topic: str, answer: str, hannah: Person, hannahs_case: Case, ellen: User
) -> None:
    with transaction.atomic(), pytest.raises(IntegrityError):
        learned(Description, hannahs_case, hannah, ellen, topic=topic, answer=answer)


def test_an_older_code_is_kept_as_the_newer_with_the_one_that_was_sent(
    hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    [fact] = say(hannah, hannahs_incident, ellen, ethnicity="O1")
    assert (fact.answer, fact.source_code, fact.words) == ("A4", "O1", "Asian: Chinese")
    assert say(hannah, hannahs_incident, ellen, ethnicity="O1") == []  # said again, and no second fact


def test_what_an_officer_sees_never_stands_in_the_place_of_what_they_say(
    hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    say(hannah, hannahs_incident, ellen, ethnicity="M1")
    say(hannah, hannahs_incident, ellen, seen_as="IC3")
    now = described([hannah.pk], case=hannahs_incident.case_id)[hannah.pk]
    assert (now["ethnicity"].answer, now["seen_as"].answer) == ("M1", "IC3")
    assert {(fact.label, fact.words) for fact in facts_of(hannah, ellen)} >= {
        ("Ethnicity, self-defined", "Mixed: White and Black Caribbean"), ("Seen by an officer as", "IC3 Black"),
    }  # fmt: skip


def test_an_answer_that_changed_is_a_second_fact_and_the_first_is_kept(
    hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    say(hannah, hannahs_incident, ellen, gender="NK")
    say(hannah, hannahs_incident, ellen, gender="F")
    said = [(fact.words, fact.older) for fact in facts_of(hannah, ellen) if fact.label == "Gender"]
    assert said == [("Female", False), ("Not known", True)]


def test_an_answer_on_one_topic_makes_none_on_another_older(
    hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    say(hannah, hannahs_incident, ellen, gender="F", language="pl", ethnicity="W9")
    assert not any(fact.older for fact in facts_of(hannah, ellen))


@pytest.mark.parametrize("topic", PRIVATE)
def test_what_is_private_is_recorded_for_all_and_said_to_few(
    topic: str, hannah: Person, hannahs_incident: Incident, tom: User, ellen: User, nr3: Unit, sign_in: SignIn
) -> None:
    answer, words = TOPICS[topic].answers[0]
    say(hannah, hannahs_incident, ellen, **{topic: answer})
    specialist = somebody_with("DC", "5120", "Grace Hale", ("da_specialist", nr3))
    label = TOPICS[topic].label
    told = {
        user: next(fact for fact in facts_of(hannah, user) if fact.label == label) for user in (tom, ellen, specialist)
    }
    assert (told[tom].words, told[tom].readable) == ("Recorded", False)
    assert told[ellen].words == words  # who wrote it down may read it
    assert told[specialist].words == words
    page = sign_in(tom).get(f"/people/{hannah.pk}/").content.decode()
    assert label in page and "Recorded" in page


def test_the_officer_of_the_case_is_not_among_those_who_read_what_is_private() -> None:
    assert {"officer", "sergeant", "contact_handler", "neighbourhood_officer"}.isdisjoint(READ_PRIVATE)
    assert not any(row.private for row in TABLE if row.code in ("gender", "ethnicity", "language", "interpreter"))


def test_what_is_private_stands_in_no_search_no_heading_and_on_no_paper(
    hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: SignIn
) -> None:
    describe(person=hannah, said={"religion": ("other", "Zoroastrian")}, beneath=hannahs_incident, by=ellen)
    [match] = find(user=ellen, forename="Hannah", surname="Okoro")
    assert "Zoroastrian" not in str(match)
    assert find(user=ellen, surname="Zoroastrian") == []
    browser = sign_in(ellen)
    assert "Zoroastrian" not in browser.get(hannahs_incident.case.get_absolute_url()).content.decode()
    page = browser.get(f"/people/{hannah.pk}/").content.decode()
    assert "Zoroastrian" not in page.partition('id="known"')[0]
    paper = read_case(hannahs_incident.case, ellen, timezone.now())
    assert "religion" not in {getattr(fact, "topic", "") for _, facts in paper.known for fact in facts}


def test_a_new_kind_of_small_thing_is_a_row(
    monkeypatch: pytest.MonkeyPatch, hannah: Person, hannahs_incident: Incident, ellen: User
) -> None:
    monkeypatch.setitem(NOTE_KINDS, "boat", NoteKind("boat", "Boat", "Its name"))
    learn(Note(person=hannah, about="boat", said_words="The Kittiwake, berth 4"), beneath=hannahs_incident, by=ellen)
    assert ("Boat", "The Kittiwake, berth 4") in {(fact.label, fact.words) for fact in facts_of(hannah, ellen)}


@pytest.fixture
def elsewhere(ellen: User, nr3: Unit, hannah: Person) -> Incident:
    """A second record of Ellen's, in a case of its own, with Hannah harmed again."""
    incident = factories.begun(ellen)
    engine.add(Involvement(incident=incident, person=hannah, part="victim"), beneath=incident, by=ellen)
    return incident


def test_the_next_case_is_offered_each_new_kind_with_its_source_but_never_a_silence(
    hannah: Person, hannahs_incident: Incident, elsewhere: Incident, ellen: User
) -> None:
    say(
        hannah,
        hannahs_incident,
        ellen,
        gender="F",
        language="pl",
        interpreter="yes",
        ethnicity="declined",
        seen_as="IC1",
    )
    for about, words in (("school", "Mill Lane Primary"), ("key_code", "4471"), ("animals", "Large dog in the hall")):
        learn(Note(person=hannah, about=about, said_words=words), beneath=hannahs_incident, by=ellen)
    offered = {known.label: known for known in still_true(hannah, ellen, case=elsewhere.case)}
    assert {
        "Gender",
        "Preferred language",
        "Interpreter",
        "School or nursery",
        "Key code",
        "Dog or other animals",
    } <= set(offered)
    assert "Ethnicity, self-defined" not in offered and "Seen by an officer as" not in offered
    assert offered["Key code"].reference == hannahs_incident.case.reference


def test_what_one_may_not_read_one_is_not_asked_whether_it_is_still_true(
    hannah: Person, hannahs_incident: Incident, elsewhere: Incident, ellen: User, tom: User
) -> None:
    say(hannah, hannahs_incident, ellen, pregnancy="yes")
    assert "Pregnant" in {known.label for known in still_true(hannah, ellen, case=elsewhere.case)}
    assert "Pregnant" not in {known.label for known in still_true(hannah, tom, case=elsewhere.case)}


def test_a_number_taken_out_in_one_case_is_gone_from_all_and_history_keeps_it(
    hannah: Person, hannahs_incident: Incident, elsewhere: Incident, ellen: User
) -> None:
    number = learn(Telephone(person=hannah, number="07700 900 862"), beneath=hannahs_incident, by=ellen)
    copy = learn(Telephone(person=hannah, number="07700900862"), beneath=elsewhere, by=ellen)
    take_out(copy, beneath=elsewhere, by=ellen, reason="He has that telephone now.")
    assert not Telephone.objects.standing().filter(person=hannah).exists()
    assert "Telephone" not in {fact.label for fact in facts_of(hannah, ellen)}
    kept = Telephone.objects.get(pk=number.pk)
    assert kept.struck_out_at is None and kept.number == "07700 900 862"  # the other case's own row is as it was
    assert "Telephone" in {fact.label for fact in facts_of(hannah, ellen, copy.recorded_at)}  # as it was known then
    learn(Telephone(person=hannah, number="07700 900862"), beneath=elsewhere, by=ellen)
    assert [fact.words for fact in facts_of(hannah, ellen) if fact.label == "Telephone"] == ["07700 900862"]


def test_the_same_number_of_somebody_else_stays(hannah: Person, hannahs_incident: Incident, ellen: User) -> None:
    daniel = hannahs_incident.people("suspect").get().person
    hers, his = (
        learn(Telephone(person=who, number="07700 900 862"), beneath=hannahs_incident, by=ellen)
        for who in (hannah, daniel)
    )
    take_out(hers, beneath=hannahs_incident, by=ellen, reason="It was his all the time.")
    assert list(Telephone.objects.standing()) == [his]


def test_equality_counts_people_once_and_keeps_what_is_not_known(
    hannah: Person, hannahs_incident: Incident, elsewhere: Incident, ellen: User
) -> None:
    other = another_harmed(ellen)
    say(hannah, hannahs_incident, ellen, gender="F", ethnicity="declined")
    harmed: Any = Involvement.objects.standing().visible_to(ellen).filter(part="victim")
    assert harmed.by_topic("gender", ellen) == {"F": 1, UNKNOWN: 1}
    assert harmed.by_topic("ethnicity", ellen) == {"declined": 1, UNKNOWN: 1}
    say(other.person, other.incident, ellen, ethnicity="not_asked")
    assert harmed.by_topic("ethnicity", ellen) == {"declined": 1, "not_asked": 1}
    with pytest.raises(LookupError):
        harmed.by_topic("shoe_size", ellen)


def another_harmed(by: User) -> Involvement:
    incident = factories.peopled(factories.begun(by), by, harmed="Leanne Farrow", suspect="Craig Dunmore")
    row: Involvement = incident.people("victim").get()
    return row
