"""Who is not merged, and the sentence that says why and what to do."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, RepeatPlan
from cases.panels.merging import TWO_PLANS
from people.models import Duplicate, Link, Person
from people.services.hubs import living
from people.services.merging import KEPT_APART, SIDE_BY_SIDE, TIED, TWO
from tests.cast import shut_out
from tests.people.merging import SURE, merged, refusal, suggested
from tests.people.population import known, learned
from workflow import engine
from workflow.models import Refusal

pytestmark = pytest.mark.django_db


def planned(case: Case, someone: Person, by: User) -> RepeatPlan:
    plan: RepeatPlan = RepeatPlan.objects.create(
        case=case, person=someone, owner=by, state=RepeatPlan.State.WRITING, recorded_by=by, recorded_at=timezone.now()
    )
    return plan


def test_nobody_is_merged_with_themselves(pair: Duplicate, two: tuple[Person, Person], priya: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Duplicate.objects.filter(pk=pair.pk).update(two=two[0])


def test_two_people_of_one_incident_are_two(
    hannahs_case: Case, hannah: Person, daniel: Person, ellen: User, priya: User
) -> None:
    both = suggested(hannahs_case, hannahs_case, (hannah, daniel), ellen)
    refused = refusal(lambda: merged(both, priya))
    assert (refused.kind, refused.sentence) == (Refusal.GUARD, SIDE_BY_SIDE)
    assert living(daniel.pk) == daniel.pk


@pytest.mark.parametrize("turned", [False, True])
def test_two_who_are_said_to_be_related_are_two(
    turned: bool, pair: Duplicate, two: tuple[Person, Person], hannahs_case: Case, ellen: User, priya: User
) -> None:
    person, other = reversed(two) if turned else two
    learned(Link, hannahs_case, person, ellen, other=other, tie="sibling")
    refused = refusal(lambda: merged(pair, priya))
    assert (refused.kind, refused.sentence) == (Refusal.GUARD, TIED)
    assert living(two[1].pk) == two[1].pk


def test_a_tie_that_was_wrong_is_taken_out_and_then_they_are_merged(
    pair: Duplicate, two: tuple[Person, Person], hannahs_case: Case, ellen: User, priya: User
) -> None:
    tie = learned(Link, hannahs_case, two[0], ellen, other=two[1], tie="sibling")
    learned(Link, hannahs_case, two[0], ellen, other=known(hannahs_case, ellen, "Kerry", "Pollitt"), tie="sibling")
    Link.objects.filter(pk=tie.pk).update(struck_out_at=timezone.now())
    assert merged(pair, priya).state == Duplicate.State.MERGED


def test_a_tie_that_is_hidden_from_whoever_merges_keeps_them_apart_and_is_not_told(
    pair: Duplicate, two: tuple[Person, Person], nr3: Unit, ellen: User, ruth: User, priya: User
) -> None:
    hidden = Case.begin(Case.Kind.INVESTIGATION, nr3, timezone.now())
    learned(Link, hidden, two[0], ellen, other=two[1], tie="sibling")
    shut_out(hidden, priya, ruth)
    refused = refusal(lambda: merged(pair, priya))
    assert refused.sentence == TWO  # which says of nothing that is hidden what it is


@pytest.mark.parametrize("ended", [False, True])
def test_of_two_open_plans_one_is_ended_first(
    ended: bool, pair: Duplicate, two: tuple[Person, Person], hannahs_case: Case,
    second: Case, ellen: User, priya: User,
) -> None:  # fmt: skip
    """A plan in each case for one of the two."""
    for case, someone in ((hannahs_case, two[0]), (second, two[1])):
        planned(case, someone, priya)
    if ended:
        RepeatPlan.objects.filter(case=second).update(state=RepeatPlan.State.ENDED, ended_because="Moved away.")
        assert merged(pair, priya).state == Duplicate.State.MERGED
    else:
        assert refusal(lambda: merged(pair, priya)).sentence == TWO_PLANS
        assert living(two[1].pk) == two[1].pk


def test_a_person_of_whom_one_may_see_nothing_cannot_be_merged(
    pair: Duplicate, second: Case, ruth: User, priya: User
) -> None:
    shut_out(second, priya, ruth)
    assert refusal(lambda: merged(pair, priya)).kind is Refusal.HIDDEN
    assert not Duplicate.objects.visible_to(priya).exists()


def test_what_was_merged_already_is_judged_at_the_record_that_has_the_facts(
    pair: Duplicate, two: tuple[Person, Person], second: Case, ellen: User, priya: User
) -> None:
    third = known(second, ellen, "Gaz", "Pollitt", date(1988, 4, 11))
    other = suggested(second, second, (two[1], third), ellen)
    merged(pair, priya)
    assert refusal(lambda: merged(other, priya)).kind is Refusal.GUARD


def test_two_who_must_stay_two_are_merged_by_nobody_until_that_is_lifted(
    pair: Duplicate, priya: User, ruth: User
) -> None:
    apart = engine.perform(pair, "keep-apart", by=priya, evidence={"reason": "One is under a new identity."})
    assert refusal(lambda: merged(apart, ruth)).sentence == KEPT_APART
    lifted = engine.perform(apart, "allow", by=ruth, evidence={"reason": "That was another family."})
    assert merged(lifted, ruth).state == Duplicate.State.MERGED


def test_an_officer_suggests_and_does_not_judge(pair: Duplicate, ellen: User) -> None:
    for step in ("merge", "dismiss"):
        refused = refusal(lambda step=step: engine.perform(pair, step, by=ellen, evidence=SURE, seen=pair.version))
        assert refused.kind is Refusal.ROLE
