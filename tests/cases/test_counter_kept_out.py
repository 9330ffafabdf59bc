"""What keeps people out of one of two cases that accuse each other keeps them out of the other, whenever it was said."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, Incident, NamedGrant, ShutOut
from cases.services import hold
from tests import factories
from tests.cases.recording import words
from tests.cast import shut_out
from workflow import engine

pytestmark = pytest.mark.django_db
WHY = {"reason": "A party is known to the team."}


@pytest.fixture
def hers(ellen: User, priya: User) -> Case:
    return Case.objects.get(pk=factories.complete(ellen).case_id)


@pytest.fixture
def his(hers: Case, ellen: User) -> Case:
    """Begun from hers, before anybody said anything about who may see either."""
    first = Incident.objects.get(case=hers)
    done: Any = engine.perform(first, "counter", by=ellen, evidence={}, seen=first.version)
    return Case.objects.get(pk=done.led_to.case_id)


def sees(user: User, case: Case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_is_shut_out_of_one_later_is_shut_out_of_the_other_at_once(
    hers: Case, his: Case, priya: User, victor: User, turned: bool
) -> None:
    one, other = (his, hers) if turned else (hers, his)
    assert sees(victor, other)
    shut_out(one, victor, priya)
    assert not sees(victor, one) and not sees(victor, other)
    shut_out(one, victor, priya)  # said twice
    assert ShutOut.objects.in_force().filter(person=victor).count() == 2


def test_the_other_record_says_that_somebody_was_shut_out_in_the_name_of_whoever_did_it_and_nothing_of_this_one(
    hers: Case, his: Case, priya: User, victor: User, ellen: User, sign_in: Any
) -> None:
    shut_out(hers, victor, priya)
    act = Event.objects.get(chain=his.pk, name="case.shut-out")
    assert act.by == priya
    page = words(sign_in(ellen).get(his.get_absolute_url()))
    assert "Somebody was shut out" in page.partition("Timeline")[2]


def test_whoever_steps_away_from_one_has_stepped_away_from_both(hers: Case, his: Case, tom: User) -> None:
    engine.perform(hers, "step-away", by=tom, evidence={"reason": "His brother is a friend of mine."})
    assert not sees(tom, hers) and not sees(tom, his)


def test_whoever_may_not_open_the_other_still_keeps_people_out_of_both(
    hers: Case, his: Case, priya: User, victor: User, dana: User
) -> None:
    """Of the other case they learn nothing by it: the program shuts it."""
    engine.perform(his, "restrict", by=dana, evidence=WHY)  # hers follows, and Priya is named on hers alone
    engine.perform(hers, "name", by=dana, evidence={"person": priya.collar_number, **WHY})
    assert sees(priya, hers) and not sees(priya, his)
    shut_out(hers, victor, priya)
    assert {row.case_id for row in ShutOut.objects.in_force().filter(person=victor)} == {hers.pk, his.pk}
    assert not sees(priya, his)


@pytest.mark.parametrize("turned", [False, True])
def test_one_that_is_restricted_later_restricts_the_other_and_whoever_works_it_stays(
    hers: Case, his: Case, priya: User, ellen: User, tom: User, turned: bool
) -> None:
    one, other = (his, hers) if turned else (hers, his)
    hold(case=other, part="investigation", person=tom, at=timezone.now())
    engine.perform(one, "restrict", by=priya, evidence=WHY)
    assert Case.objects.get(pk=one.pk).restricted and Case.objects.get(pk=other.pk).restricted
    assert sees(tom, other) and sees(priya, other), "who holds it, and who restricted it"
    assert not sees(ellen, other) and sees(ellen, one), "each case is for its own people"


def test_the_program_names_nobody_of_one_case_on_the_other(hers: Case, his: Case, dana: User, priya: User) -> None:
    """Somebody named on the one works that one: they do not see the other side by it."""
    engine.perform(his, "restrict", by=dana, evidence=WHY)
    engine.perform(hers, "name", by=dana, evidence={"person": priya.collar_number, **WHY})
    assert not NamedGrant.objects.filter(content_object=his, user__in=(priya, User.objects.system())).exists()


def test_lifting_the_restriction_of_one_leaves_the_other_as_it_is(
    hers: Case, his: Case, priya: User, ruth: User
) -> None:
    engine.perform(hers, "restrict", by=priya, evidence=WHY)
    engine.perform(hers, "name", by=priya, evidence={"person": ruth.collar_number, **WHY})
    now = Case.objects.get(pk=hers.pk)
    engine.perform(now, "lift", by=ruth, evidence=WHY, seen=now.version)
    assert [Case.objects.get(pk=case.pk).restricted for case in (hers, his)] == [False, True]


def test_a_case_that_nobody_accused_from_the_other_side_touches_no_other(
    hers: Case, ellen: User, priya: User, victor: User
) -> None:
    apart = factories.begun(ellen).case
    shut_out(hers, victor, priya)
    engine.perform(hers, "restrict", by=priya, evidence=WHY)
    assert sees(victor, apart) and not Case.objects.get(pk=apart.pk).restricted
