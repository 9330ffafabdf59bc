"""Two records of one man are made one and two again: nothing is copied, nothing lost, each row goes back where it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Event, Operation
from cases.models import Case
from people.models import Duplicate, Merge, Person, PersonName, Telephone
from people.services import find
from people.services.hubs import columns, living, rows_of
from people.services.judging import undoing
from people.services.merging import code_of
from tests.cast import shut_out
from tests.people.merging import SURE, merged, of, parted, suggested
from tests.people.population import known, learned
from workflow import engine

pytestmark = pytest.mark.django_db


def test_everything_that_hung_on_the_younger_hub_hangs_on_the_older(
    pair: Duplicate, two: tuple[Person, Person], priya: User
) -> None:
    kept, gone = two
    both = of(kept) | of(gone)
    done = merged(pair, priya)
    assert (of(kept), of(gone)) == (both, set())
    assert done.state == Duplicate.State.MERGED and living(gone.pk) == kept.pk
    assert Merge.objects.get().reason == SURE["reason"]


def test_what_hangs_on_a_person_is_asked_of_the_models_so_that_a_new_kind_is_moved_too() -> None:
    named = {(column.table, column.name) for column in columns()}
    assert {("cases.involvement", "person"), ("cases.call", "harmed"), ("cases.factasked", "person")} <= named
    assert {("people.link", "other"), ("people.birth", "person"), ("cases.device", "person")} <= named
    assert not {table for table, _ in named} & {"people.merge", "people.duplicate"}
    for model in {column.model for column in columns()}:
        pointing = [field for field in model._meta.local_concrete_fields if field.related_model is Person]
        assert {(model._meta.label_lower, field.name) for field in pointing} <= named


def test_the_search_shows_him_once_with_every_name(pair: Duplicate, two: tuple[Person, Person], priya: User) -> None:
    merged(pair, priya)
    for said in (("Garreth", "Pollit"), ("Gareth", "Pollitt")):
        found = find(user=priya, forename=said[0], surname=said[1])
        assert [match.person_id for match in found] == [two[0].pk]
    names = PersonName.objects.filter(person=two[0]).values_list("forename", flat=True)
    assert set(names) == {"Gareth", "Garreth"}


def test_each_folder_of_which_a_row_was_moved_says_so_and_no_other(
    pair: Duplicate, two: tuple[Person, Person], hannahs_case: Case, second: Case, priya: User
) -> None:
    merged(pair, priya)
    events = Event.objects.filter(name="duplicate.merge", chain__gt=0)
    assert list(events.values_list("chain", "operation", "by")) == [(second.pk, Operation.COMBINATION, priya.pk)]
    told = events.get().changes
    assert told["person"] == [two[1].pk, two[0].pk] and told[""][1] == SURE["reason"]
    assert len(told["rows"][1]) == 3  # a name, a birth date, a telephone
    parted(Duplicate.objects.get(), priya)
    assert Event.objects.filter(name="duplicate.undo", chain=second.pk).count() == 1


def test_what_was_merged_three_times_leads_to_the_last(
    two: tuple[Person, Person], hannahs_case: Case, second: Case, ellen: User, priya: User
) -> None:
    """A third record is merged with the second, then the second with the first; each can be taken back alone."""
    third = known(second, ellen, "Gaz", "Pollitt", date(1988, 4, 11))
    hers, his, gaz = of(two[0]), of(two[1]), of(third)
    later = merged(suggested(second, second, (two[1], third), ellen), priya)
    first = merged(suggested(hannahs_case, second, two, ellen), priya)
    assert living(third.pk) == two[0].pk and of(two[0]) == hers | his | gaz
    parted(Duplicate.objects.get(pk=later.pk), priya)
    assert (of(third), of(two[0])) == (gaz, hers | his)
    parted(Duplicate.objects.get(pk=first.pk), priya)
    assert (of(two[0]), of(two[1]), of(third)) == (hers, his, gaz)


# --- making two again -------------------------------------------------------------------------------------------------


def test_months_later_each_row_hangs_again_where_it_hung(
    pair: Duplicate, two: tuple[Person, Person], priya: User
) -> None:
    before = of(two[0]), of(two[1])
    done = parted(merged(pair, priya), priya)
    assert (of(two[0]), of(two[1])) == before
    assert done.state == Duplicate.State.PARTED and living(two[1].pk) == two[1].pk
    again = Merge.objects.get()
    assert again.undone_by == priya and again.undone_reason and again.undone_at is not None


def test_what_was_learned_since_goes_with_the_case_that_learned_it(
    pair: Duplicate, two: tuple[Person, Person], hannahs_case: Case, second: Case, ellen: User, priya: User
) -> None:
    kept, gone = two
    done = merged(pair, priya)
    hers = learned(Telephone, hannahs_case, kept, ellen, number="07700 900111")
    his = learned(Telephone, second, kept, ellen, number="07700 900222")
    parted(done, priya)
    assert [Telephone.objects.get(pk=row.pk).person_id for row in (hers, his)] == [kept.pk, gone.pk]


def test_of_what_nobody_can_tell_the_person_says_and_else_it_stays(
    pair: Duplicate, two: tuple[Person, Person], nr3: Unit, ellen: User, priya: User
) -> None:
    kept, gone = two
    done = merged(pair, priya)
    new = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    facts = [learned(Telephone, new, kept, ellen, number=f"07700 90033{last}") for last in (1, 2)]
    plan = undoing(done, priya)
    assert plan is not None and len(plan.open) == 2
    codes = {row.code.rpartition(":")[2]: row.code for row in plan.open}
    parted(done, priya, codes[str(facts[0].pk)])
    assert [Telephone.objects.get(pk=row.pk).person_id for row in facts] == [gone.pk, kept.pk]


def test_what_is_hidden_from_whoever_undoes_is_not_theirs_to_give(
    pair: Duplicate, two: tuple[Person, Person], nr3: Unit, ellen: User, ruth: User, priya: User
) -> None:
    done = merged(pair, priya)
    new = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    fact = learned(Telephone, new, two[0], ellen, number="07700 900333")
    shut_out(new, priya, ruth)
    plan = undoing(done, priya)
    assert plan is not None and plan.open == []
    code = next(code_of(row) for row in rows_of([two[0].pk]) if row.pk == fact.pk and row.case == new.pk)
    parted(done, priya, code)
    assert Telephone.objects.get(pk=fact.pk).person_id == two[0].pk


def test_two_again_can_be_merged_again(pair: Duplicate, two: tuple[Person, Person], ellen: User, priya: User) -> None:
    done = parted(merged(pair, priya), priya)
    again = engine.perform(done, "again", by=ellen, evidence=SURE, seen=done.version)
    merged(again, priya)
    assert living(two[1].pk) == two[0].pk and Merge.objects.count() == 2
