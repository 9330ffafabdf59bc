"""Children who lived through abuse again and again: counted by what one may see, with help begun from the list (S0-011)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Involvement
from people.models import Person
from safeguarding.models import Agency
from tests import factories
from tests.cast import client_of, involve, shut_out, text_of
from tests.safeguarding.referring import children_referred
from workflow import engine

PAGE = "/children-exposed/"


def lived_through(
    by: User, case: Case | None, child: Person | None, ago: int = 0, name: str = "Mia Okoro"
) -> Involvement:
    """An incident, so many days ago, in which the child heard it."""
    incident = factories.begun(by, case, minutes_ago=40 + ago * 24 * 60)
    if child is None:
        row = involve(incident, by, "child", name, whereabouts="heard", spoken_to="no", silent_because="Asleep.")
        return Involvement.objects.get(pk=row.pk)
    row = Involvement(incident=incident, person=child, part="child", whereabouts="heard")
    engine.add(row, beneath=incident, by=by)
    return row


@pytest.fixture
def mia(hannahs_case: Case, ellen: User) -> Person:
    """Heard it three times: twice this year, once before."""
    first = lived_through(ellen, hannahs_case, None, 500)
    for ago in (100, 10):
        lived_through(ellen, hannahs_case, first.person, ago)
    return first.person


@pytest.mark.requirement("S0-011")
def test_the_most_exposed_child_stands_first_with_help_begun_from_there(
    mia: Person, hannahs_case: Case, ellen: User, priya: User, social_care: Agency
) -> None:
    other = lived_through(ellen, hannahs_case, None, 400, "Eli Okoro")
    lived_through(ellen, hannahs_case, other.person, 300)
    lived_through(ellen, hannahs_case, None, 5, "Ola Okoro")
    page = text_of(client_of(priya).get(PAGE))
    assert page.index("Mia Okoro") < page.index("Eli Okoro") and "Ola Okoro" not in page
    assert "2 in 12 months, 3 in all" in page and "Saw or heard it in 3" in page and "Nobody was asked" in page
    begin = f"/cases/{hannahs_case.reference}/referrals/refer-children/?person={mia.pk}"
    assert begin in page and f"/cases/{hannahs_case.reference}/referrals/refer/?person={mia.pk}" in page
    form = text_of(client_of(priya).get(begin))
    assert f'value="{mia.pk}"' in form and "checked" in form.split(f'value="{mia.pk}"')[1][:200]
    children_referred(hannahs_case, ellen, social_care, people=[mia.pk])
    assert "Sent, waiting for an answer" in text_of(client_of(priya).get(PAGE))


def test_counted_is_what_the_reader_may_see_and_nobody_else_s_work_is_listed(
    mia: Person, hannahs_case: Case, priya: User, ikande: User, ruth: User, stranger: User
) -> None:
    assert "Mia Okoro" not in text_of(client_of(ikande).get(PAGE))
    shut_out(hannahs_case, priya, ruth)
    assert "Mia Okoro" not in text_of(client_of(priya).get(PAGE))
    assert client_of(stranger).get(PAGE).status_code == 403


def test_who_is_grown_up_is_no_child_of_the_list(hannahs_case: Case, ellen: User, priya: User) -> None:
    day = (timezone.localdate() - timedelta(days=19 * 365 + 10)).isoformat()
    incident = factories.begun(ellen, hannahs_case)
    row = involve(incident, ellen, "child", "Jon Okoro", born_on=day, spoken_to="no", silent_because="Away.")
    lived_through(ellen, hannahs_case, row.person)
    assert "Jon Okoro" not in text_of(client_of(priya).get(PAGE))


def test_the_list_costs_the_same_for_one_child_and_for_ten(
    mia: Person, hannahs_case: Case, ellen: User, priya: User
) -> None:
    browser = client_of(priya)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        return len(queries)

    asked()
    before = asked()
    for number in range(9):
        row = lived_through(ellen, hannahs_case, None, 20, f"Child {number} Okoro")
        lived_through(ellen, hannahs_case, row.person, 10)
    assert asked() == before
