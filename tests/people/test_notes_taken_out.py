"""What is taken out of one case: a way to reach somebody is gone from all of them, what is worth knowing from that one."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from cases.models import Incident, Involvement
from cases.services.involving import answer_still_true
from people.models import Note, Person
from people.models.note import NOTE_KINDS
from people.services import facts_of, learn, take_out
from tests import factories
from tests.cases.recording import words
from workflow import engine

pytestmark = pytest.mark.django_db
SAID = {
    "email": "h.okoro@example.org", "school": "Mill Lane Primary, Year 3", "key_code": "4471, key with the neighbour",
    "animals": "Large dog, loose in the hall", "gp": "Hill Road Surgery", "works": "Speaks once he is out of the room",
}  # fmt: skip
WAYS = {"email", "key_code"}


@pytest.fixture
def elsewhere(ellen: User, nr3: Any, hannah: Person) -> Incident:
    """A second record of Ellen's, in a case of its own, with Hannah harmed again."""
    incident = factories.begun(ellen)
    engine.add(Involvement(incident=incident, person=hannah, part="victim"), beneath=incident, by=ellen)
    return incident


def noted(person: Person, about: str, beneath: Incident, by: User) -> Note:
    note: Note = learn(Note(person=person, about=about, said_words=SAID[about]), beneath=beneath, by=by)
    return note


def test_of_each_kind_of_note_it_is_known_here_whether_it_is_a_way_to_reach_somebody() -> None:
    assert SAID.keys() == NOTE_KINDS.keys(), "say of a new kind whether it reaches somebody"


@pytest.mark.parametrize("about", sorted(SAID.keys() - WAYS))
def test_what_one_case_says_no_more_another_case_still_says(
    about: str, hannah: Person, hannahs_incident: Incident, elsewhere: Incident, ellen: User
) -> None:
    there = noted(hannah, about, hannahs_incident, ellen)
    here = noted(hannah, about, elsewhere, ellen)
    take_out(here, beneath=elsewhere, by=ellen, reason="Not of this flat.")
    assert list(Note.objects.standing().filter(person=hannah)) == [there]
    assert SAID[about] in {fact.words for fact in facts_of(hannah, ellen)}


def test_an_email_that_one_case_took_out_is_gone_from_every_case_at_once(
    hannah: Person, hannahs_incident: Incident, elsewhere: Incident, ellen: User
) -> None:
    noted(hannah, "email", hannahs_incident, ellen)
    here = noted(hannah, "email", elsewhere, ellen)
    take_out(here, beneath=elsewhere, by=ellen, reason="He reads it too.")
    assert not Note.objects.standing().filter(person=hannah).exists()
    assert SAID["email"] not in {fact.words for fact in facts_of(hannah, ellen)}


@pytest.mark.parametrize(("about", "stays"), [("animals", True), ("email", False)])
def test_asked_again_and_no_longer_true_an_email_goes_everywhere_and_the_dog_stays_where_it_was_seen(
    about: str, stays: bool, hannah: Person, hannahs_incident: Incident, elsewhere: Incident, ellen: User
) -> None:
    there = noted(hannah, about, hannahs_incident, ellen)
    answer_still_true(incident=elsewhere, person=hannah, fact=there, still=False, by=ellen)
    assert Note.objects.standing().filter(pk=there.pk).exists() is stays
    assert not Note.objects.standing().filter(case=elsewhere.case_id).exists()


@pytest.mark.parametrize(("about", "said"), [("school", False), ("email", True)])
def test_the_page_that_takes_it_out_promises_every_case_only_of_a_way_to_reach_somebody(
    about: str, said: bool, hannah: Person, hannahs_incident: Incident, ellen: User, sign_in: Any
) -> None:
    note, row = noted(hannah, about, hannahs_incident, ellen), hannahs_incident.people("victim").get()
    page = f"/incidents/{hannahs_incident.pk}/people/{row.pk}/facts/note/{note.pk}/take-out/"
    assert ("From now on no page of any case gives it" in words(sign_in(ellen).get(page))) is said
