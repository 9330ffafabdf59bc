"""The queue of pairs to be judged: only of what one may see on both sides, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case
from people.models import Birth, Duplicate, Person, PersonName
from people.services.weighing import weigh_new
from supervision.queues.declared import DUPLICATES
from tests.cast import shut_out
from tests.people.merging import suggested, twice
from tests.people.population import known, learned

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def pairs() -> set[tuple[int, int]]:
    return {pair.hubs for pair in Duplicate.objects.filter(state=Duplicate.State.SUGGESTED)}


def hubs(*people: Person) -> tuple[int, ...]:
    return tuple(sorted(someone.pk for someone in people))


def test_the_queue_is_of_what_one_may_see_on_both_sides(
    hannahs_case: Case, second: Case, ellen: User, priya: User, ruth: User, ines: User, ikande: User
) -> None:
    twice(hannahs_case, second, ellen)
    weigh_new()
    assert [DUPLICATES.rows(user).count() for user in (priya, ruth, ines)] == [1, 1, 1]
    assert DUPLICATES.rows(ikande).count() == 0, "a sergeant of another team"
    shut_out(second, ines, ruth)
    assert DUPLICATES.rows(ines).count() == 0
    assert not Duplicate.objects.visible_to(ines).exists()


def test_a_pair_that_rests_on_what_is_hidden_is_not_there_though_both_are_known(
    hannahs_case: Case, second: Case, nr3: Unit, ellen: User, priya: User, ruth: User
) -> None:
    """Priya knows both men, and not the case in which they have the same telephone and birth date."""
    hidden = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    one = known(hannahs_case, ellen, "Gareth", "Pollitt", date(1988, 4, 11))
    two = known(second, ellen, "Gareth", "Pollitt", date(1950, 1, 1))
    learned(PersonName, hidden, two, ellen, forename="Gareth", surname="Pollitt")
    learned(Birth, hidden, two, ellen, born_on=date(1988, 4, 11))
    shut_out(hidden, priya, ruth)
    weigh_new()
    assert pairs() == {hubs(one, two)}
    assert DUPLICATES.rows(priya).count() == 0 and DUPLICATES.rows(ruth).count() == 1


def test_pairs_are_paged_by_key_and_each_stands_once(
    hannahs_case: Case, ellen: User, priya: User, sign_in: SignIn
) -> None:
    people = [known(hannahs_case, ellen, "Gareth", f"Number{chr(65 + n)}") for n in range(31)]
    for other in people[1:]:
        suggested(hannahs_case, hannahs_case, (people[0], other), ellen)
    client, url, seen = sign_in(priya), "/team/same-person/", []
    while url:
        page = client.get(url)
        assert page.status_code == 200
        seen += [row[0].pk for row in page.context["rows"]]
        url = f"/team/same-person/{page.context['more']}" if page.context["more"] else ""
    assert sorted(seen) == sorted(Duplicate.objects.values_list("pk", flat=True)) and len(seen) == 30


def test_the_queue_costs_the_same_for_one_and_for_twenty(
    hannahs_case: Case, ellen: User, priya: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    people = [known(hannahs_case, ellen, "Gareth", f"Number{chr(65 + n)}") for n in range(21)]
    for other in people[1:]:
        suggested(hannahs_case, hannahs_case, (people[0], other), ellen)
    client = sign_in(priya)
    client.get("/team/same-person/")
    with django_assert_max_num_queries(10):
        client.get("/team/same-person/")


@pytest.mark.parametrize("after", ["x", "1", "99999999-1", "1-" + "9" * 40, "5-5\0"])
def test_a_place_that_is_none_begins_at_the_beginning(after: str, priya: User, sign_in: SignIn) -> None:
    assert sign_in(priya).get("/team/same-person/", {"after": after}).status_code == 200
