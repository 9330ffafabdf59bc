"""Nobody is given what they may not work, alone or with others: what is owed there would be owed by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from cases.models import Case, Holding, NamedGrant
from tests.cast import client_of, shut_out, take
from tests.supervision.conftest import off_duty, owe
from tests.supervision.test_queues import words
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = "Tom has the time for it until Tuesday."


def given(case: Case, by: User, person: User) -> str:
    """What is refused; "" where it was given."""
    said = {"part": "investigation", "person": person.collar_number or person.username, "reason": WHY}
    try:
        take(case, "hold", by, **said)
    except Refused as refused:
        assert refused.kind is Refusal.GUARD
        return refused.sentence
    return ""


def test_nobody_holds_a_case_that_they_are_shut_out_of_or_that_their_role_never_works(
    teams_case: Case, priya: User, ellen: User, tom: User, stranger: User, sam: User
) -> None:
    shut_out(teams_case, tom, priya)
    for person in (tom, stranger):
        assert "may not work this case" in given(teams_case, priya, person)
        assert teams_case.holder_of("investigation") == ellen.pk
    assert given(teams_case, priya, sam) == "", "somebody of another team may, who opens it with a reason"


def test_naming_lets_nobody_into_a_restricted_case_who_is_shut_out_or_works_none(
    teams_case: Case, priya: User, tom: User, stranger: User
) -> None:
    take(teams_case, "restrict", priya)
    shut_out(teams_case, tom, priya)
    for person in (tom, stranger):
        assert "may not work this case" in given(teams_case, priya, person)
        assert not NamedGrant.objects.filter(user=person).exists(), "refused is refused whole"


def test_of_several_those_are_not_given_that_fall_due_before_the_person_is_back(
    now: datetime, teams_case: Case, nr3: object, priya: User, ellen: User, tom: User
) -> None:
    """Off duty for twenty hours: what is due in an hour would be nobody's; what is due in three days is not."""
    off_duty(tom, now)
    other = Case.begin("investigation", teams_case.unit, now)
    Holding.objects.create(case=other, part="investigation", person=ellen, from_at=now)
    rows = [owe(teams_case, now + HOUR, holder=ellen), owe(other, now + 72 * HOUR, holder=ellen)]
    said = {
        "act": "allocate",
        "pick": [row.pk for row in rows],
        "token": "t9",
        "part": "investigation",
        "person": "2208",
    }
    told = words(client_of(priya).post("/team/several/", {**said, "reason": WHY}, follow=True))
    assert "1 case was given to somebody." in told
    assert f"Not done: {teams_case.reference}. PC 2208 Ashdown is off duty until after something here is due" in told
    assert (teams_case.holder_of("investigation"), other.holder_of("investigation")) == (ellen.pk, tom.pk)
