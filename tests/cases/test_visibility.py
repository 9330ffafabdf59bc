"""Who may see a case, who is asked why first, and who sees nothing whatever they hold."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Posting, Unit, User
from audit.models import Access
from cases.models import Case, ShutOut
from cases.services import name_person, restrict
from cases.visibility import reason_needed
from tests import cast

HOUR = timedelta(hours=1)


def sees(user: User) -> bool:
    return Case.objects.visible_to(user).exists()


def works(user: User) -> bool:
    return Case.objects.worked_by(user).exists()


def status_of(user: User, case: Case) -> int:
    return cast.client_of(user).get(case.get_absolute_url()).status_code


def test_a_stranger_finds_no_case_at_its_address(hannahs_case: Case, stranger: User) -> None:
    assert not sees(stranger)
    assert status_of(stranger, hannahs_case) == 404


def test_nobody_is_sent_to_sign_in(hannahs_case: Case, nobody: Any) -> None:
    answer = nobody.get(hannahs_case.get_absolute_url())
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")


def test_a_case_that_is_not_there_answers_as_one_that_is_hidden(hannahs_case: Case, stranger: User) -> None:
    client, moving = (
        cast.client_of(stranger),
        re.compile(r'data-now="[^"]*"|value="\w{64}"|DA-\d{4}-\d{6}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'),
    )
    answers = [client.get(url) for url in (hannahs_case.get_absolute_url(), "/cases/DA-1999-000001/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    hidden, absent = (moving.sub("", answer.content.decode()) for answer in answers)
    assert hidden == absent


@pytest.mark.parametrize("who", ["ellen", "tom", "priya", "ruth"])
def test_the_team_and_those_above_it_work_the_case(hannahs_case: Case, request: Any, who: str) -> None:
    user = request.getfixturevalue(who)
    assert works(user)
    assert not reason_needed(hannahs_case, user)


@pytest.mark.parametrize("who", ["sam", "ikande", "dana", "ari"])
def test_other_beats_and_reading_roles_may_open_it_but_are_asked_why(
    hannahs_case: Case, request: Any, who: str
) -> None:
    user = request.getfixturevalue(who)
    assert sees(user)
    assert not works(user)
    assert reason_needed(hannahs_case, user)


def test_a_shut_out_officer_sees_nothing_of_the_case_whatever_else_they_hold(
    hannahs_case: Case, victor: User, force: Unit
) -> None:
    Posting.objects.create(user=victor, role="superintendent", unit=force)
    name_person(case=hannahs_case, person=victor)
    Access.objects.create(kind=Access.Kind.REASON, by=victor, chain=hannahs_case.pk, what="a reason given before")
    assert not sees(victor)
    assert not works(victor)
    assert not Case.objects.open_to(victor).exists()
    assert status_of(victor, hannahs_case) == 404


def test_a_shut_out_that_was_lifted_no_longer_holds(hannahs_case: Case, victor: User) -> None:
    shut = ShutOut.objects.get(person=victor)
    shut.lifted_at = timezone.now()
    shut.save(update_fields=["lifted_at"])
    assert works(victor)


def test_a_restricted_case_is_for_people_named_only(
    hannahs_case: Case, ellen: User, tom: User, priya: User, ruth: User, sam: User
) -> None:
    hannahs_case.holdings.filter(person=ellen).delete()  # a holder is named by the restriction itself
    restrict(case=hannahs_case, by=priya)
    assert [works(user) for user in (priya, ellen, tom, ruth)] == [True, False, False, False]
    assert not any(sees(user) for user in (ellen, tom, ruth, sam))
    name_person(case=hannahs_case, person=sam)
    assert works(sam)
    assert not reason_needed(hannahs_case, sam)


def test_who_holds_a_part_is_named_when_the_case_is_restricted(hannahs_case: Case, ellen: User, priya: User) -> None:
    restrict(case=hannahs_case, by=priya)
    assert works(ellen)


def test_a_naming_with_an_end_ends_by_itself(hannahs_case: Case, sam: User, priya: User) -> None:
    restrict(case=hannahs_case, by=priya)
    name_person(case=hannahs_case, person=sam, until=timezone.now() + HOUR)
    assert sees(sam)
    name_person(case=hannahs_case, person=sam, until=timezone.now() - HOUR)
    assert not sees(sam)


def test_a_posting_that_has_ended_shows_nothing(hannahs_case: Case, tom: User) -> None:
    tom.postings.update(from_at=timezone.now() - 2 * HOUR, to_at=timezone.now() - HOUR)
    assert not sees(tom)
    assert status_of(tom, hannahs_case) == 404


def test_an_acting_posting_counts_only_between_its_moments(hannahs_case: Case, stranger: User, nr3: Unit) -> None:
    now = timezone.now()
    acting = Posting.objects.create(user=stranger, role="sergeant", unit=nr3, from_at=now - HOUR, to_at=now + HOUR)
    assert works(stranger)
    for start, end in ((now + HOUR, now + 2 * HOUR), (now - 2 * HOUR, now - HOUR)):
        Posting.objects.filter(pk=acting.pk).update(from_at=start, to_at=end)
        assert not sees(stranger)


def test_somebody_who_has_left_sees_nothing(hannahs_case: Case, ellen: User) -> None:
    name_person(case=hannahs_case, person=ellen)
    ellen.is_active = False
    ellen.save(update_fields=["is_active"])
    assert not sees(ellen)
    assert not works(ellen)


@pytest.mark.parametrize("who", ["disclosure", "conference", "management"])
def test_other_kinds_of_case_are_not_for_the_officers_of_the_unit(
    hannahs_case: Case, nr3: Unit, ellen: User, who: str
) -> None:
    other = Case.begin(who, nr3, timezone.now())
    assert not Case.objects.visible_to(ellen).filter(pk=other.pk).exists()


def test_own_work_and_open_doors_are_among_what_may_be_seen(
    hannahs_case: Case,
    ellen: User,
    tom: User,
    sam: User,
    dana: User,
    victor: User,
    stranger: User,
    priya: User,
    sr1: Unit,
) -> None:
    Case.begin("investigation", sr1, timezone.now())
    closed = Case.begin("investigation", sr1, timezone.now())
    restrict(case=closed, by=priya)
    for user in (ellen, tom, sam, dana, victor, stranger, priya):
        seen = set(Case.objects.visible_to(user))
        assert set(Case.objects.worked_by(user)) <= set(Case.objects.open_to(user)) <= seen


def test_asking_who_may_see_costs_one_query_however_many_cases_there_are(
    hannahs_case: Case, tom: User, nr3: Unit
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            list(Case.objects.visible_to(tom))
        return len(asked)

    few = cost()
    for _ in range(30):
        Case.begin("investigation", nr3, timezone.now())
    assert (few, cost()) == (1, 1)
