"""A merge or an un-merge at the same moment as somebody writes: no row is lost, none hangs on a hub that is gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Incident
from people.models import Duplicate, Merge, Person, Telephone
from people.services.hubs import living, rows_of
from people.services.weighing import weigh_new
from tests import factories
from tests.cast import involve, person
from tests.people.merging import SURE, WRONG, merged, suggested
from tests.people.population import known
from tests.races.together import at_once, raised
from workflow import engine
from workflow.models import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(ellen: User) -> tuple[Incident, Incident, Person, Person]:
    """One woman, recorded in two cases as two."""
    first, second = factories.begun(ellen), factories.begun(ellen)
    kept, gone = (involve(row, ellen, "victim", "Hannah Okoro").person for row in (first, second))
    return first, second, kept, gone


def telephone(of: Person, number: str) -> Telephone:
    return Telephone(person_id=of.pk, number=number)


def merging(pair: Duplicate, by: User) -> Any:
    return lambda: engine.perform(Duplicate.objects.get(pk=pair.pk), "merge", by=by, evidence=SURE, seen=pair.version)


def undoing(pair: Duplicate, by: User) -> Any:
    return lambda: engine.perform(Duplicate.objects.get(pk=pair.pk), "undo", by=by, evidence=WRONG, seen=pair.version)


@pytest.mark.parametrize("whose", [1, 0])
def test_a_fact_that_is_learned_while_two_are_merged_hangs_on_the_kept_hub(
    two: tuple[Incident, Incident, Person, Person], whose: int, ellen: User, priya: User
) -> None:
    first, second, kept, gone = two
    pair = suggested(first.case, second.case, (kept, gone), ellen)
    beneath, of = (second, gone) if whose else (first, kept)
    results = at_once(
        merging(pair, priya),
        lambda: engine.add(telephone(of, "07700 900111"), beneath=beneath, by=ellen),
    )  # fmt: skip
    assert raised(results) == []
    assert Telephone.objects.get().person_id == kept.pk and rows_of([gone.pk]) == []


def test_a_fact_that_another_case_learns_of_the_gone_hub_in_that_moment_follows_it(
    two: tuple[Incident, Incident, Person, Person], ellen: User, tom: User, priya: User
) -> None:
    """A case that knew neither: no folder is locked by both, so the hub itself is waited for."""
    first, second, kept, gone = two
    third = factories.begun(tom)
    pair = suggested(first.case, second.case, (kept, gone), ellen)
    results = at_once(
        merging(pair, priya), lambda: engine.add(telephone(gone, "07700 900222"), beneath=third, by=tom)
    )  # fmt: skip
    assert [found for found in raised(results) if not isinstance(found, Refused)] == []
    assert rows_of([gone.pk]) == [] or living(gone.pk) == gone.pk
    assert Telephone.objects.get().person_id == living(gone.pk)


def test_two_merges_of_one_hub_at_once_are_one_merge(
    two: tuple[Incident, Incident, Person, Person], ellen: User, priya: User, nr3: Unit
) -> None:
    """Hannah's second record is merged with her first and, by another sergeant, with a third: once."""
    first, second, kept, gone = two
    other = person("PS", "4472", "Aled Rhys", ("sergeant", nr3))
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    third = known(case, ellen, "Hanna", "Okoro")
    one = suggested(first.case, second.case, (kept, gone), ellen)
    two_ = suggested(second.case, case, (gone, third), ellen)
    results = at_once(merging(one, priya), merging(two_, other))
    lost = raised(results)
    assert len(lost) <= 1 and all(isinstance(found, Refused) for found in lost), results
    # Either the second was refused, or it came first and its hub went on with everything: nobody hangs in the air.
    everything = {row.hub for row in rows_of([kept.pk, gone.pk, third.pk])}
    assert all(living(hub) == hub for hub in everything)
    assert Merge.objects.filter(gone=gone, undone_at=None).count() <= 1


def test_the_same_merge_pressed_by_two_is_one(
    two: tuple[Incident, Incident, Person, Person], ellen: User, priya: User, nr3: Unit
) -> None:
    first, second, kept, gone = two
    other = person("PS", "4472", "Aled Rhys", ("sergeant", nr3))
    pair = suggested(first.case, second.case, (kept, gone), ellen)
    lost = raised(at_once(merging(pair, priya), merging(pair, other)))
    assert len(lost) == 1 and isinstance(lost[0], Refused)
    assert Merge.objects.count() == 1


def test_what_her_case_learns_while_the_two_are_parted_goes_home_with_her(
    two: tuple[Incident, Incident, Person, Person], ellen: User, priya: User
) -> None:
    """The page that was open said `kept`; the case has known `gone` alone."""
    first, second, kept, gone = two
    pair = merged(suggested(first.case, second.case, (kept, gone), ellen), priya)
    results = at_once(
        undoing(pair, priya), lambda: engine.add(telephone(kept, "07700 900333"), beneath=second, by=ellen)
    )  # fmt: skip
    assert raised(results) == []
    assert Telephone.objects.get().person_id == gone.pk


def test_what_the_other_case_learns_meanwhile_stays(
    two: tuple[Incident, Incident, Person, Person], ellen: User, priya: User
) -> None:
    first, second, kept, gone = two
    pair = merged(suggested(first.case, second.case, (kept, gone), ellen), priya)
    results = at_once(
        undoing(pair, priya), lambda: engine.add(telephone(kept, "07700 900444"), beneath=first, by=ellen)
    )  # fmt: skip
    assert raised(results) == []
    assert Telephone.objects.get().person_id == kept.pk


def test_two_workers_sweep_at_once_and_suggest_a_pair_once(ellen: User, nr3: Unit) -> None:
    case = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    for number in range(4):
        known(case, ellen, "Gareth", f"Pollitt{number}", telephone="07700 900862")
        known(case, ellen, "Gareth", "Pollitt", telephone="07700 900862")
    at_once(weigh_new, weigh_new)
    while weigh_new():
        pass
    named = [pair.hubs for pair in Duplicate.objects.all()]
    assert len(named) == len(set(named)) and named
