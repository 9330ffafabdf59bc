"""Short names, other letters, names said in part, places: what else the search forgives, and that it says so in parts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from people.models import Address, Birth, PartialDay, Person
from people.models.search import CANDIDATES, Sought
from people.services import find, look_for
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
BORN = date(1988, 4, 11)


@pytest.mark.parametrize(
    ("recorded", "asked", "why"),
    [
        ("Elizabeth", "Liz", "Liz is short for Elizabeth"),
        ("Liz", "Elizabeth", "Liz is short for Elizabeth"),
        ("Betty", "Lizzie", "Lizzie and Betty are both short for Elizabeth"),
        ("Alexandra", "Sandy", "Sandy is short for Alexandra"),
        ("Alexander", "Sandy", "Sandy is short for Alexander"),
        ("Muhammad", "Mohamed", "Mohamed is another spelling of Muhammad"),
        ("Mohammed", "Mohd", "Mohd is short for Mohammed"),
        ("John", "Ivan", "Ivan is John in another language"),
    ],
)
def test_one_name_stands_for_another_both_ways(
    townsfolk: list[Person], hannahs_case: Any, ellen: User, recorded: str, asked: str, why: str
) -> None:
    person = known(hannahs_case, ellen, recorded, "Quillfeather")
    (first, *_) = find(user=ellen, forename=asked, surname="Quillfeather")
    assert (first.person_id, first.why[0]) == (person.pk, why)


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        (("Олександр", "Ковальчук"), ("Oleksandr", "Kovalchuk")),
        (("Sergey", "Shevchenko"), ("Сергей", "Шевченко")),
        (("محمد", "خان"), ("Mohammed", "Khan")),
        (("Fatima", "Hussain"), ("فاطمة", "حسين")),
        (("Łukasz", "Świątek"), ("lukasz", "swiatek")),
        (("İbrahim", "Yıldız"), ("Ibrahim", "Yildiz")),
        (("Γιώργος", "Παπαδόπουλος"), ("Giorgos", "Papadopoulos")),
        (("გიორგი", "ბერიძე"), ("Giorgi", "Beridze")),
        (("Jürgen", "Strauß"), ("Jurgen", "Strauss")),
        (("Ｇａｒｅｔｈ", "Pollitt"), ("Gareth", "Pollitt")),
    ],
)
def test_a_name_is_found_in_other_letters_than_it_was_recorded_in(
    townsfolk: list[Person], hannahs_case: Any, ellen: User, recorded: tuple[str, str], asked: tuple[str, str]
) -> None:
    person = known(hannahs_case, ellen, *recorded)
    assert find(user=ellen, forename=asked[0], surname=asked[1])[0].person_id == person.pk


def test_letters_without_vowels_are_told_as_they_sound(db: None) -> None:
    with connection.cursor() as line:
        line.execute(
            "SELECT people_spelt('جمشید'), people_spelt('Щербаков'), people_spelt('O’Neill-Łoś'), people_spelt('李')"
        )
        assert line.fetchone() == ("jamashid", "shcherbakov", "oneill los", "李")


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        (("Jo-Anne", "Vandersteen"), ("Joanne", "van der Steen")),
        (("Mary Ann", "Pollitt-Shaw"), ("Maryann", "Shaw")),
        (("Mary Ann", "Pollitt-Shaw"), ("Mary", "Pollitt")),
        (("G", "Quillfeather"), ("Gareth", "Quillfeather")),
        (("Gareth", "Quillfeather"), ("G", "Quillfeather")),
        (("Gareth", ""), ("Gareth", "Quillfeather")),
        (("", "Quillfeather"), ("Gareth", "Quilfeather")),
        (("Gareth", "Quillfeather"), ("Quillfeather", "Gary")),
        (("Lee", "Ng"), ("Lea", "Ngo")),
        (("Al", "Xu"), ("Alan", "Xu")),
    ],
)
def test_names_together_or_apart_said_in_part_and_short_ones(
    townsfolk: list[Person], hannahs_case: Any, ellen: User, recorded: tuple[str, str], asked: tuple[str, str]
) -> None:
    person = known(hannahs_case, ellen, *recorded, born_on=BORN)
    assert person.pk in {match.person_id for match in find(user=ellen, forename=asked[0], surname=asked[1])}


def test_somebody_of_about_that_age_comes_before_a_crowd_of_namesakes(hannahs_case: Any, ellen: User) -> None:
    about = known(hannahs_case, ellen, "John", "Smith")
    learned(Birth, hannahs_case, about, ellen, born_on=date(1988, 1, 1), approximate=True)
    for _ in range(CANDIDATES + 5):
        known(hannahs_case, ellen, "John", "Smith", date(1950, 1, 1))
    for born_on in (BORN, PartialDay(1988), PartialDay(1989, 4)):
        first = find(user=ellen, forename="John", surname="Smith", born_on=born_on)[0]
        assert (first.person_id, first.why) == (about.pk, ["Same name", "About the right age"])


# --- where, if known ---


def test_where_somebody_lived_brings_them_nearer_and_is_said(
    townsfolk: list[Person], hannahs_case: Any, ellen: User
) -> None:
    for street in ("3 Mill Lane", "9 Hale Bridge", "14 Corn Street, Easterby", "2 Long Row"):
        known(hannahs_case, ellen, "John", "Smith", address=street)
    (first, *others) = find(user=ellen, forename="John", surname="Smith", where="corn st easterby")
    assert first.reasons[-1].part == "Address"
    assert first.reasons[-1].words.startswith("14 Corn Street, Easterby, NG5 2AB is the newest address, recorded in ")
    assert sum(match.name == "John Smith" for match in others) == 3  # it keeps nobody out


def test_an_old_address_says_from_when_to_when(townsfolk: list[Person], hannahs_case: Any, ellen: User) -> None:
    then, moved = (timezone.now().replace(year=year, month=3, day=5) for year in (2021, 2023))
    person = known(hannahs_case, ellen, "Gary", "Pollitt", address="Corn Street", at=then)
    learned(Address, hannahs_case, person, ellen, moved, line="14 Tannery Row")
    first = find(user=ellen, forename="Gary", surname="Pollitt", where="Corn Street")[0]
    assert "Corn Street, NG5 2AB was an address, March 2021 to March 2023" in first.why


def test_a_place_finds_him_in_a_crowd_of_namesakes(hannahs_case: Any, ellen: User) -> None:
    he = known(hannahs_case, ellen, "John", "Smith", address="14 Tannery Row")
    for _ in range(CANDIDATES + 5):
        known(hannahs_case, ellen, "John", "Smith")
    for where in ("tannery row", "NG52AB"):
        assert find(user=ellen, forename="John", surname="Smith", where=where)[0].person_id == he.pk


def test_an_address_that_may_not_be_read_speaks_for_nobody(
    gareth: Person, ellen: User, sam: User, sr1: Unit, hannahs_case: Any
) -> None:
    asked = {"forename": "Gareth", "surname": "Pollitt", "where": "Tannery Row"}
    assert "Address" in {reason.part for reason in find(user=ellen, **asked)[0].reasons}
    assert "Address" not in {reason.part for match in find(user=sam, **asked) for reason in match.reasons}
    secret = Case.begin(Case.Kind.DISCLOSURE, sr1, timezone.now())
    learned(Address, secret, gareth, sam, line="8 Hidden Close")
    hidden = find(user=ellen, forename="Gareth", surname="Pollitt", where="Hidden Close")[0]
    assert "Address" not in {reason.part for reason in hidden.reasons}


@pytest.mark.parametrize("where", ["x", "%", "1", "🙂", "\0", "a " * 900, "st", "'; --", "NG"])
def test_a_place_that_says_nothing_changes_nothing(gareth: Person, ellen: User, where: str) -> None:
    asked = {"forename": "Gareth", "surname": "Pollitt"}
    with_place, without = find(user=ellen, **asked, where=where), find(user=ellen, **asked)
    assert [match.person_id for match in with_place] == [match.person_id for match in without]


# --- the parts, and what it costs ---


def test_each_row_says_why_in_its_parts(townsfolk: list[Person], hannahs_case: Any, ellen: User) -> None:
    person = known(hannahs_case, ellen, "Gareth", "Pollitt", BORN, address="Corn Street")
    first = look_for(
        Sought("gary", "pollit", PartialDay(1988, 11, 4), placed=False, where="corn st"), user=ellen
    ).matches[0]
    assert (first.person_id, first.ways, first.exact) == (person.pk, 3, False)
    name, birth, address = first.reasons
    assert (name.part, name.words) == ("Name", "Gary is short for Gareth; Pollit sounds like Pollitt")
    assert (birth.part, birth.words) == ("Birth date", "Day and month swapped: 4 November, 11 April")
    assert (address.part, address.weak) == ("Address", False)


def test_what_speaks_against_somebody_is_weak(townsfolk: list[Person], hannahs_case: Any, ellen: User) -> None:
    known(hannahs_case, ellen, "Gareth", "Pollitt", date(1950, 2, 3))
    first = find(user=ellen, forename="Gareth", surname="Pollitt", born_on=BORN)[0]
    assert [(reason.part, reason.weak) for reason in first.reasons] == [("Name", False), ("Birth date", True)]


def test_the_exact_one_comes_before_who_is_nearly_it_and_lived_there(hannahs_case: Any, ellen: User) -> None:
    near = known(hannahs_case, ellen, "Gary", "Pollitt", BORN, address="Corn Street")
    exact = known(hannahs_case, ellen, "Gareth", "Pollitt", BORN)
    found = find(user=ellen, forename="Gareth", surname="Pollitt", born_on=BORN, where="Corn Street")
    assert [match.person_id for match in found[:2]] == [exact.pk, near.pk]
    assert [match.exact for match in found[:2]] == [True, False]


def test_a_place_and_a_short_name_cost_no_query_more(
    gareth: Person, ellen: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):  # three of the search, and two of what hears it
        find(user=ellen, forename="Gary", surname="Pollit", born_on=BORN, where="Tannery Row")


@pytest.mark.parametrize("nonsense", ["Gareth" * 33, "G" + "x" * 195, "Pollitt" + "qrz" * 63, "p" * 61])
def test_a_word_that_is_longer_than_any_name_is_like_nobody(gareth: Person, ellen: User, nonsense: str) -> None:
    assert find(user=ellen, surname=nonsense) == []
    assert find(user=ellen, forename="Gareth", surname="Pollitt")[0].person_id == gareth.pk


def test_a_paste_of_names_is_answered(gareth: Person, ellen: User) -> None:
    for pasted in ("Gareth " * 300, "Ж" * 2000, "محمد " * 200, "a-b-c-d-" * 200):
        find(user=ellen, forename=pasted, surname=pasted)
