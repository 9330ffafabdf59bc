"""Finding somebody before recording them: what is forgiven, what is said, and who is never found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Access
from cases.models import Case
from people.models import Birth, PartialDay, Person, PersonName
from people.models.search import CANDIDATES, Sought
from people.services import Match, find, look_for
from people.services.searching import ALL, page_of
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
BORN = date(1988, 4, 11)


def first(user: User, forename: str, surname: str, born_on: Any = None) -> Match:
    return find(user=user, forename=forename, surname=surname, born_on=born_on)[0]


@pytest.mark.parametrize(
    ("forename", "surname", "why"),
    [
        ("Gareth", "Pollitt", "Same name"),
        ("gareth", "POLLITT", "Same name"),
        ("Gareth", "Pollit", "Pollit sounds like Pollitt"),
        ("Gareth", "Pollett", "Pollett sounds like Pollitt"),
        ("Gareth", "Politt", "Politt sounds like Pollitt"),
        ("Gareth", "Pollitf", "One letter differs: Pollitf, Pollitt"),
        ("Gareth", "Bollitt", "Bollitt sounds like Pollitt"),
        ("Gareth", "Polltit", "Two letters are swapped: Polltit, Pollitt"),
        ("Garteh", "Pollitt", "Garteh sounds like Gareth"),
        ("Garethh", "Pollitt", "Garethh sounds like Gareth"),
        ("Gary", "Pollit", "Gary is short for Gareth"),
        ("Gaz", "Pollitt", "Gaz is short for Gareth"),
        ("G", "Pollitt", "Same initial: G, Gareth"),
        ("Gar", "Poll", "Begins alike: Gar, Gareth"),
        ("Pollitt", "Gareth", "Names the other way round"),
        ("Polit", "Garreth", "Names the other way round"),
        ("Garéth", "Pollitt", "Same name"),
        ("Гарет", "Поллитт", "Pollitt is Поллитт in other letters"),
        ("Gareth Ian", "Pollitt", "Same forename"),
        ("Gareth", "Pollitt-Shaw", "Same forename"),
        ("", "Pollitt", "Same surname"),
        ("Gareth", "", "Same forename"),
    ],
)
def test_a_name_is_forgiven_a_slip_and_says_which(
    gareth: Person, ellen: User, forename: str, surname: str, why: str
) -> None:
    matches = find(user=ellen, forename=forename, surname=surname, born_on=BORN)
    assert matches[0].person_id == gareth.pk
    assert why in matches[0].why
    assert "Same birth date" in matches[0].why


@pytest.mark.parametrize(
    ("born_on", "why"),
    [
        (date(1988, 4, 11), "Same birth date"),
        (date(1988, 11, 4), "Day and month swapped: 4 November, 11 April"),
        (date(1987, 4, 11), "Birth year one out"),
        (date(1989, 4, 11), "Birth year one out"),
        (date(1986, 4, 11), "Birth year two out"),
        (date(1990, 4, 11), "Birth year two out"),
        (date(1978, 4, 11), "Birth year ten out"),
        (PartialDay(1988), "Same birth year"),
        (PartialDay(1988, 4), "Same birth month and year"),
        (PartialDay(1989), "Birth year one out"),
        (PartialDay(1986, 4), "Birth year two out"),
    ],
)
def test_a_birth_date_is_forgiven_a_slip_and_says_which(gareth: Person, ellen: User, born_on: Any, why: str) -> None:
    found = first(ellen, "Gary", "Pollitt", born_on)
    assert found.person_id == gareth.pk
    assert why in found.why


def test_a_missing_birth_date_keeps_nobody_out(townsfolk: list[Person], hannahs_case: Any, ellen: User) -> None:
    someone = known(hannahs_case, ellen, "Gareth", "Pollitt")
    found = first(ellen, "Gareth", "Pollitt", BORN)
    assert (found.person_id, found.born, found.why) == (someone.pk, "", ["Same name"])


def test_a_birth_date_finds_her_under_another_surname(townsfolk: list[Person], hannahs_case: Any, ellen: User) -> None:
    married = known(hannahs_case, ellen, "Hannah", "Zielinska", BORN)
    found = first(ellen, "Hannah", "Okoro", BORN)
    assert found.person_id == married.pk
    assert found.why == ["Same forename", "Same birth date", "Surname differs: Zielinska"]


def test_a_birth_date_alone_finds_somebody_of_whom_no_name_is_known(hannahs_case: Any, ellen: User) -> None:
    nameless = Person.objects.create()
    learned(PersonName, hannahs_case, nameless, ellen, kind="not_known")
    learned(Birth, hannahs_case, nameless, ellen, born_on=BORN)
    assert [match.name for match in find(user=ellen, born_on=BORN)] == ["Name not known"]


def test_the_other_birth_date_that_was_told_counts_as_well(gareth: Person, hannahs_case: Any, ellen: User) -> None:
    learned(Birth, hannahs_case, gareth, ellen, born_on=date(1990, 7, 2))
    assert "Same birth date" in first(ellen, "Gareth", "Pollitt", BORN).why


def test_an_age_that_was_said_is_about_right(hannahs_case: Any, ellen: User) -> None:
    person = known(hannahs_case, ellen, "Gareth", "Pollitt")
    learned(Birth, hannahs_case, person, ellen, age_said=timezone.localdate().year - 1989)
    found = first(ellen, "Gareth", "Pollitt", BORN)
    assert found.why == ["Same name", "About the right age"]
    assert found.born == "about 1989"


def test_an_alias_and_a_maiden_name_are_found_and_said(gareth: Person, hannahs_case: Any, ellen: User) -> None:
    learned(PersonName, hannahs_case, gareth, ellen, forename="Gaz", surname="Wrexham", kind="alias")
    learned(PersonName, hannahs_case, gareth, ellen, forename="Gareth", surname="Llewellyn", kind="maiden")
    by_alias, by_maiden_name = first(ellen, "Gaz", "Wrexam"), first(ellen, "Gareth", "Llewelyn")
    assert (by_alias.name, by_alias.why[0]) == ("Gareth Pollitt", "Alias Gaz Wrexham")
    assert (by_maiden_name.name, by_maiden_name.why[0]) == ("Gareth Pollitt", "Maiden name Gareth Llewellyn")


def test_the_exact_one_comes_first_and_each_person_once(gareth: Person, hannahs_case: Any, ellen: User) -> None:
    near = known(hannahs_case, ellen, "Garth", "Pollit", date(1988, 4, 11))
    learned(PersonName, hannahs_case, gareth, ellen, forename="Gary", surname="Pollitt", kind="known_as")
    found = [match.person_id for match in find(user=ellen, forename="Gareth", surname="Pollitt", born_on=BORN)]
    assert found[:2] == [gareth.pk, near.pk]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("forename", "surname"),
    [("Joanne", "O Connor"), ("joanne", "oconnor"), ("Jo-Anne", "O’Connor"), ("Joan", "Connor")],
)
def test_apostrophes_hyphens_and_spaces_make_no_difference(
    townsfolk: list[Person], hannahs_case: Any, ellen: User, forename: str, surname: str
) -> None:
    person = known(hannahs_case, ellen, "Jo-Anne", "O'Connor")
    assert first(ellen, forename, surname).person_id == person.pk


def test_a_name_in_other_letters_is_found_by_its_letters(
    townsfolk: list[Person], hannahs_case: Any, ellen: User
) -> None:
    person = known(hannahs_case, ellen, "محمد", "الحسن")
    assert [match.person_id for match in find(user=ellen, forename="محمد", surname="الحسن")] == [person.pk]


@pytest.mark.parametrize("name", ["", "x", "%", "_ _", "*", "'; --", "🙂", "\0", "\\", "a" * 5000, "(((", "\u202e"])
def test_a_search_for_nothing_sensible_finds_nobody_and_breaks_nothing(gareth: Person, ellen: User, name: str) -> None:
    assert find(user=ellen, forename=name, surname=name) == []


# --- who is never found ---


def test_who_is_hidden_is_neither_shown_nor_counted_nor_the_reason_for_a_match(
    gareth: Person, hannahs_case: Any, ellen: User, victor: User, stranger: User
) -> None:
    asked = Sought("Gareth", "Pollitt", PartialDay(1988, 4, 11))
    assert look_for(asked, user=ellen).total > 0
    for shut in (victor, stranger):
        answer = look_for(asked, user=shut)
        assert (answer.matches, answer.total, answer.capped) == ([], 0, False)


def test_a_fact_of_a_hidden_case_neither_matches_nor_shows(gareth: Person, sr1: Unit, sam: User, ellen: User) -> None:
    secret = Case.begin(Case.Kind.DISCLOSURE, sr1, timezone.now())
    learned(PersonName, secret, gareth, sam, forename="Gerald", surname="Quillfeather")
    learned(Birth, secret, gareth, sam, born_on=date(1971, 2, 3))
    assert find(user=ellen, forename="Gerald", surname="Quillfeather") == []
    assert find(user=ellen, born_on=date(1971, 2, 3)) == []
    found = first(ellen, "Gareth", "Pollitt", date(1971, 2, 3))
    assert (found.name, found.born, found.why) == (
        "Gareth Pollitt",
        "11 April 1988",
        ["Same name", "Birth date differs"],
    )


def test_an_address_of_another_unit_waits_for_a_reason(gareth: Person, ellen: User, sam: User) -> None:
    asked = {"forename": "Gareth", "surname": "Pollitt"}
    assert find(user=ellen, **asked)[0].address == "14 Tannery Row, NG5 2AB"
    (closed, *_) = find(user=sam, **asked)
    assert (closed.name, closed.address, closed.address_closed) == ("Gareth Pollitt", "", True)


def test_what_is_struck_out_is_no_longer_found(gareth: Person, ellen: User) -> None:
    for fact in (PersonName, Birth):
        row = fact.objects.get(person=gareth)
        row.struck_out_at = timezone.now()
        row.save(update_fields=["struck_out_at"])
    assert gareth.pk not in {
        match.person_id for match in find(user=ellen, forename="Gareth", surname="Pollitt", born_on=BORN)
    }


def test_a_corrected_name_is_found_at_once_and_the_old_one_is_not(gareth: Person, ellen: User) -> None:
    name = PersonName.objects.get(person=gareth)
    name.surname = "Vandersteen"
    name.save(update_fields=["surname"])
    assert first(ellen, "Gareth", "Vanderstein").person_id == gareth.pk
    assert gareth.pk not in {match.person_id for match in find(user=ellen, surname="Pollitt")}


# --- the record of it, its pages, its cost ---


def test_a_search_is_written_down_with_its_terms_and_whom_it_showed(gareth: Person, ellen: User) -> None:
    shown = find(user=ellen, forename="Gareth", surname="Pollit", born_on=BORN)
    looked = Access.objects.get(kind=Access.Kind.SEARCH, by=ellen)
    assert looked.terms == "Gareth Pollit, born 11 April 1988"
    assert looked.hits == [match.person_id for match in shown]
    assert looked.what == "people.person"


def test_pages_follow_one_another_without_gap_or_repeat(hannahs_case: Any, ellen: User) -> None:
    for year in range(1960, 1985):
        known(hannahs_case, ellen, "Gareth", "Pollitt", date(year, 1, 1))
    seen: list[int] = []
    while True:
        everybody = look_for(Sought("Gareth", "Pollitt"), user=ellen, limit=ALL, heard=False)
        page = page_of(everybody.matches, everybody.capped, str(seen[-1]) if seen else "")
        seen += [match.person_id for match in page.matches]
        if not page.more:
            break
        known(hannahs_case, ellen, "Gareth", "Pollitt")  # somebody else records a namesake meanwhile
    assert len(seen) == len(set(seen)) == 25


def test_a_namesake_too_many_is_said_and_nothing_breaks(hannahs_case: Any, ellen: User) -> None:
    people = Person.objects.bulk_create(Person() for _ in range(CANDIDATES + 5))
    PersonName.objects.bulk_create(
        PersonName(person=person, case=hannahs_case, recorded_by=ellen, forename="John", surname="Smith")
        for person in people
    )
    answer = look_for(Sought("John", "Smith"), user=ellen)
    assert (answer.total, answer.capped, answer.more) == (CANDIDATES, True, True)


def test_a_search_costs_five_queries_however_many_are_found(
    gareth: Person, ellen: User, django_assert_num_queries: Any
) -> None:
    for asked in ({"surname": "Smith"}, {"forename": "Gareth", "surname": "Pollitt", "born_on": BORN}):
        with django_assert_num_queries(5):  # three of the search, and two of what hears it, whatever is hidden
            find(user=ellen, **asked)
