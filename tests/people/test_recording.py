"""Recording people, learning facts about them, and the answers other apps ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import FRONTLINE
from audit.models import Event
from cases.models import Case
from cases.steps import CASE
from people.models import Address, Birth, NameWord, Person, PersonName, Telephone
from people.services import (
    addresses_for,
    affirm,
    ages,
    births_for,
    create,
    find,
    learn,
    names_for,
    still_true,
)
from tests.people.population import known, learned
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editable_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts are added beneath any record that may be edited; here the case itself is one."""
    monkeypatch.setitem(CASE.editable, Case.State.OPEN, FRONTLINE)


def test_a_new_person_is_a_hub_with_facts_that_the_case_learned(hannahs_case: Any, ellen: User) -> None:
    person = create(
        beneath=hannahs_case, by=ellen, forename=" Gareth ", surname="Pollitt", born_on=date(1988, 4, 11),
        address="14 Tannery Row", postcode="ng5 2ab", telephone="07700 900 862",
    )  # fmt: skip
    for kind in (PersonName, Birth, Address, Telephone):
        fact = kind.objects.get(person=person)
        assert (fact.case, fact.recorded_by, fact.version) == (hannahs_case, ellen, 1)
    assert Address.objects.get().words == "14 Tannery Row, NG5 2AB"
    assert Telephone.objects.get().digits == "07700900862"
    assert Event.objects.filter(chain=hannahs_case.pk, name__endswith=".add").count() == 4
    assert [match.person_id for match in find(user=ellen, forename="Gareth", surname="Polit")] == [person.pk]


def test_a_name_that_was_refused_is_itself_a_fact(hannahs_case: Any, ellen: User, tom: User) -> None:
    person = create(beneath=hannahs_case, by=ellen, age_said=30)
    assert PersonName.objects.get(person=person).kind == PersonName.Kind.NOT_KNOWN
    assert names_for([person.pk], tom) == {person.pk: "Name not known"}
    assert Person.objects.visible_to(tom).get() == person


def test_nothing_is_recorded_beneath_what_may_not_be_edited(hannahs_case: Any, ellen: User, victor: User) -> None:
    with pytest.raises(Refused) as hidden:
        create(beneath=hannahs_case, by=victor, forename="Gareth", surname="Pollitt")
    hannahs_case.state = Case.State.CLOSED
    hannahs_case.save(update_fields=["state"])
    with pytest.raises(Refused) as closed:
        create(beneath=hannahs_case, by=ellen, forename="Gareth", surname="Pollitt")
    assert (hidden.value.kind, closed.value.kind) == (Refusal.HIDDEN, Refusal.STATE)
    assert not Person.objects.exists()


def test_nobody_learns_a_fact_about_somebody_who_is_hidden(
    hannahs_case: Any, southmere_case: Any, ellen: User, victor: User, sr1: Any
) -> None:
    person = known(hannahs_case, ellen, "Gareth", "Pollitt")
    case = Case.begin(Case.Kind.INVESTIGATION, hannahs_case.unit, timezone.now())
    with pytest.raises(Refused) as refusal:
        learn(Telephone(person=person, number="01632 960 001"), beneath=case, by=victor)
    assert refusal.value.kind is Refusal.HIDDEN
    assert not Telephone.objects.exists()


def test_what_another_case_learned_is_offered_once_and_affirmed_here(
    hannahs_case: Any, southmere_case: Any, ellen: User
) -> None:
    week_ago = timezone.now() - timedelta(days=7)
    person = known(hannahs_case, ellen, "Gareth", "Pollitt", address="14 Tannery Row", at=week_ago)
    learned(Address, hannahs_case, person, ellen, line="3 Corn Street")
    new = Case.begin(Case.Kind.INVESTIGATION, hannahs_case.unit, timezone.now())
    offers = still_true(person, ellen, case=new)
    assert [(offer.label, offer.words) for offer in offers] == [("Name", "Gareth Pollitt"), ("Lives", "3 Corn Street")]
    affirm(offers[1].fact, beneath=new, by=ellen)
    assert [offer.label for offer in still_true(person, ellen, case=new)] == ["Name"]
    assert set(Address.objects.filter(line="3 Corn Street").values_list("case", flat=True)) == {hannahs_case.pk, new.pk}


def test_nothing_is_offered_from_a_case_that_is_shut(
    hannahs_case: Any, southmere_case: Any, sam: User, ellen: User
) -> None:
    person = known(hannahs_case, ellen, "Gareth", "Pollitt", address="14 Tannery Row")
    assert [offer.label for offer in still_true(person, sam, case=southmere_case)] == ["Name"]


def test_people_are_called_by_their_newest_legal_name_that_the_reader_may_see(
    hannahs_case: Any, ellen: User, sr1: Any, sam: User, victor: User, django_assert_num_queries: Any
) -> None:
    person = known(hannahs_case, ellen, "Hannah", "Reed", at=timezone.now() - timedelta(days=9))
    learned(PersonName, hannahs_case, person, ellen, forename="Hannah", surname="Okoro")
    learned(PersonName, hannahs_case, person, ellen, forename="Hanny", kind="known_as")
    secret = Case.begin(Case.Kind.DISCLOSURE, sr1, timezone.now())
    learned(PersonName, secret, person, sam, forename="Somebody", surname="Else")
    with django_assert_num_queries(1):
        assert names_for([person.pk, 0], ellen) == {person.pk: "Hannah Okoro", 0: "Name not known"}
    assert names_for([person.pk], victor) == {person.pk: "Name not known"}


def test_an_exact_birth_date_counts_before_one_about_right_and_an_age(hannahs_case: Any, ellen: User) -> None:
    person = known(hannahs_case, ellen, "Hannah", "Okoro", date(1996, 2, 29), at=timezone.now() - timedelta(days=9))
    learned(Birth, hannahs_case, person, ellen, born_on=date(1990, 1, 1), approximate=True)
    learned(Birth, hannahs_case, person, ellen, age_said=40)
    assert births_for([person.pk], ellen)[person.pk].words == "29 February 1996"
    moments = {datetime(2026, 2, 28, 23, 30, tzinfo=UTC): 29, datetime(2026, 3, 1, 0, 30, tzinfo=UTC): 30}
    assert {at: ages([person.pk], ellen, at)[person.pk] for at in moments} == moments


def test_an_age_grows_from_when_it_was_said(hannahs_case: Any, ellen: User) -> None:
    person = Person.objects.create()
    learned(Birth, hannahs_case, person, ellen, datetime(2024, 6, 1, tzinfo=UTC), age_said=30)
    assert ages([person.pk], ellen, datetime(2026, 6, 1, tzinfo=UTC)) == {person.pk: 32}


def test_addresses_come_only_from_cases_that_stand_open(hannahs_case: Any, ellen: User, sam: User) -> None:
    person = known(hannahs_case, ellen, "Hannah", "Okoro", address="14 Tannery Row")
    assert addresses_for([person.pk], ellen)[person.pk].line == "14 Tannery Row"
    assert addresses_for([person.pk], sam) == {}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PersonName, {}),
        (PersonName, {"kind": "not_known", "forename": "Ann"}),
        (Birth, {}),
        (Birth, {"age_said": 126}),
        (Address, {}),
        (Telephone, {"number": ""}),
    ],
)
def test_a_fact_that_says_nothing_cannot_be_kept(
    hannahs_case: Any, ellen: User, kind: Any, said: dict[str, Any]
) -> None:
    person = Person.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        learned(kind, hannahs_case, person, ellen, **said)


def test_the_words_of_names_are_kept_as_they_are_written_and_once(hannahs_case: Any, ellen: User) -> None:
    person = known(hannahs_case, ellen, "Zoë-Anne", "O'Brien")
    known(hannahs_case, ellen, "Anne", "Łukasz")
    name = PersonName.objects.get(person=person)
    name.surname = "Newly"
    name.save(update_fields=["surname"])
    assert sorted(NameWord.objects.values_list("word", flat=True)) == ["anne", "lukasz", "newly", "obrien", "zoe"]


def test_a_name_keeps_its_history(hannahs_case: Any, ellen: User) -> None:
    name = PersonName.objects.get(person=known(hannahs_case, ellen, "Hannah", "Reed"))
    name.surname = "Okoro"
    name.save(update_fields=["surname"])
    assert list(name.events.order_by("pgh_id").values_list("surname", flat=True)) == ["Reed", "Okoro"]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Zoë", "zoe"), ("ŁUKASZ", "lukasz"), ("O'Brien", "obrien"), ("O’Brien", "obrien"), ("Straße", "strasse"),
        ("Anne–Marie", "anne marie"), ("  de   la Cruz ", "de la cruz"), ("Ng.", "ng"), ("", ""), ("🙂", ""),
        ("محمد", "محمد"),
    ],
)  # fmt: skip
def test_a_name_is_reduced_to_plain_words_by_the_database(said: str, plain: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_plain(%s)", [said])
        assert cursor.fetchone() == (plain,)
