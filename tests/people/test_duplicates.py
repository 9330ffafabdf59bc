"""The sweep finds people who were recorded twice, suggests each pair once, and merges nobody."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from cases.models import Case
from people.models import Birth, Duplicate, Merge, Note, Person, PersonName, Telephone, Unweighed
from people.services.weighing import weigh_new
from people.tasks import find_duplicates
from tests.people.merging import merged, twice
from tests.people.population import known, learned
from workflow import engine

pytestmark = pytest.mark.django_db
TWO = {"reason": "Twins: both were in the room."}


def pairs() -> set[tuple[int, int]]:
    return {pair.hubs for pair in Duplicate.objects.filter(state=Duplicate.State.SUGGESTED)}


def hubs(*people: Person) -> tuple[int, ...]:
    return tuple(sorted(someone.pk for someone in people))


def test_whom_two_cases_recorded_is_suggested_and_not_merged(hannahs_case: Case, second: Case, ellen: User) -> None:
    both = twice(hannahs_case, second, ellen)
    assert find_duplicates() == 2
    assert pairs() == {hubs(*both)} and not Merge.objects.exists()
    assert Duplicate.objects.get().recorded_by == User.objects.system()
    assert find_duplicates() == 0 and Duplicate.objects.count() == 1


@pytest.mark.parametrize(
    ("forename", "surname", "born_on"),
    [
        ("Gareth", "Pollitt", date(1988, 4, 11)),
        ("Gareth", "Pollit", date(1988, 4, 11)),
        ("Garreth", "Pollitt", date(1988, 11, 4)),
        ("Gareth", "Pollitt", date(1989, 4, 11)),
        ("Pollitt", "Gareth", date(1988, 4, 11)),
    ],
)
def test_a_slip_of_the_pen_hides_nobody(
    forename: str, surname: str, born_on: date, hannahs_case: Case, second: Case, ellen: User
) -> None:
    one = known(hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11))
    two = known(second, ellen, forename, surname, born_on)
    weigh_new()
    assert pairs() == {hubs(one, two)}


@pytest.mark.parametrize(
    ("forename", "surname", "born_on"),
    [
        ("Gareth", "Pollitt", None),  # a name alone never does
        ("Gareth", "Pollitt", date(1961, 7, 2)),
        ("Tracey", "Kowalski", date(1988, 4, 11)),
        ("Gareth", "Whitlock", date(1988, 4, 11)),
    ],
)
def test_what_many_people_share_suggests_nothing(
    forename: str, surname: str, born_on: date | None, hannahs_case: Case, second: Case, ellen: User
) -> None:
    known(hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11))
    known(second, ellen, forename, surname, born_on)
    weigh_new()
    assert pairs() == set()


def test_the_same_telephone_and_a_name_that_is_alike_are_enough_without_a_birth_date(
    hannahs_case: Case, second: Case, ellen: User
) -> None:
    one = known(hannahs_case, ellen, "Gareth", "Pollitt", telephone="07700 900 862")
    two = known(second, ellen, "Garreth", "Pollitt", telephone="(07700) 900862")
    known(second, ellen, "Leanne", "Ashdown", telephone="07700 900862")  # she answers it, too
    weigh_new()
    assert pairs() == {hubs(one, two)}


def test_the_same_email_is_a_tie(hannahs_case: Case, second: Case, ellen: User) -> None:
    one, two = known(hannahs_case, ellen, "Gareth", "Pollitt"), known(second, ellen, "Gary", "Pollitt")
    for case, someone in ((hannahs_case, one), (second, two)):
        learned(Note, case, someone, ellen, about="email", said_words="gp88@example.org")
    weigh_new()
    assert pairs() == {hubs(one, two)}


def test_a_town_of_strangers_gives_no_queue(townsfolk: list[Person]) -> None:
    while weigh_new():
        pass
    assert Duplicate.objects.count() <= len(townsfolk) // 40


def test_the_sweep_looks_at_so_many_at_once_and_the_next_goes_on(hannahs_case: Case, ellen: User) -> None:
    for number in range(5):
        known(hannahs_case, ellen, f"Person{number}", "Oddly", date(1970 + number, 1, 1))
    assert [weigh_new(2), weigh_new(2), weigh_new(2), weigh_new(2)] == [2, 2, 1, 0]
    assert not Unweighed.objects.exists()


def test_what_is_old_is_looked_at_again_only_when_something_new_is_learned(
    hannahs_case: Case, second: Case, ellen: User
) -> None:
    one = known(hannahs_case, ellen, "Gareth", "Pollitt")
    two = known(second, ellen, "Gareth", "Pollitt")
    weigh_new()
    assert pairs() == set()
    for case, someone in ((hannahs_case, one), (second, two)):
        learned(Birth, case, someone, ellen, born_on=date(1988, 4, 11))
    weigh_new()
    assert pairs() == {hubs(one, two)}


def test_a_pair_that_was_judged_comes_back_only_when_more_speaks_for_it(
    hannahs_case: Case, second: Case, ellen: User, priya: User
) -> None:
    one = known(hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11))
    two = known(second, ellen, "Gareth", "Pollitt", date(1989, 4, 11))
    weigh_new()
    pair = Duplicate.objects.get()
    engine.perform(pair, "dismiss", by=priya, evidence=TWO, seen=pair.version)
    learned(PersonName, second, two, ellen, forename="Gareth", surname="Pollitt")
    weigh_new()
    assert pairs() == set()
    for case, someone in ((hannahs_case, one), (second, two)):
        learned(Telephone, case, someone, ellen, number="07700 900862")
    weigh_new()
    assert pairs() == {hubs(one, two)}


def test_what_was_judged_of_a_hub_holds_of_the_one_it_was_merged_into(
    hannahs_case: Case, second: Case, ellen: User, priya: User
) -> None:
    kept, gone = twice(hannahs_case, second, ellen)
    weigh_new()
    twin = known(second, ellen, "Garreth", "Pollit", date(1988, 11, 4))
    weigh_new()
    both = Duplicate.objects.of(gone.pk, twin.pk).get()
    engine.perform(both, "dismiss", by=priya, evidence=TWO, seen=both.version)
    merged(Duplicate.objects.of(kept.pk, gone.pk).get(), priya)
    Duplicate.objects.filter(one=kept, two=twin).exclude(state="merged").update(state="dismissed", judged_score=0)
    weigh_new()
    assert hubs(kept, twin) not in pairs()
