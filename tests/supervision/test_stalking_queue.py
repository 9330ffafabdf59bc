"""The queue of stalking stands in the order of every queue: what is most overdue in each case first (S0-002)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from accounts.models import Unit, User
from cases.models import Case, SetMarker
from tests.cast import client_of, shut_out, text_of
from tests.supervision.conftest import owe

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def flagged(nr3: Unit, ellen: User, now: datetime) -> Callable[[], Case]:
    """A case of the team with the flag set by hand, in which nothing is owed."""

    def make() -> Case:
        case = Case.begin(Case.Kind.INVESTIGATION, nr3, now)
        SetMarker.objects.create(
            case=case, code="stalking", why="He waits outside.", recorded_by=ellen, recorded_at=now
        )
        return case

    return make


@pytest.mark.requirement("S0-002")
def test_what_is_most_overdue_comes_first_and_what_owes_nothing_last(
    now: datetime, flagged: Callable[[], Case], priya: User
) -> None:
    later, quiet, late, told, soon = (flagged() for _ in range(5))
    owe(later, now + 72 * HOUR)
    owe(late, now - HOUR, policy="dash-checked")
    owe(late, now + 9 * HOUR)
    owe(soon, now + HOUR)
    critical = owe(told, now - HOUR / 2)
    type(critical).objects.filter(pk=critical.pk).update(critical_at=now)
    page = text_of(client_of(priya).get("/stalking/"))
    order = sorted((told, late, soon, later, quiet), key=lambda case: page.index(case.reference))
    assert order == [told, late, soon, later, quiet]
    headings = ("Critically overdue", "Overdue", "Due soon", "Not due yet", "Nothing is owed")
    places = [page.index(f">{words}</h2>") for words in headings]
    assert places == sorted(places)
    row = page[page.index(late.reference) :].split("</li>")[0]
    assert "Check DASH" in row and "Overdue by 1 hour" in row


def test_a_case_that_somebody_is_shut_out_of_stands_in_no_place_of_it(
    now: datetime, flagged: Callable[[], Case], priya: User
) -> None:
    case, other = flagged(), flagged()
    owe(case, now - HOUR)
    shut_out(case, priya, User.objects.system())
    page = text_of(client_of(priya).get("/stalking/"))
    assert case.reference not in page and "Overdue" not in page and other.reference in page


def test_a_page_leads_to_the_next_in_the_same_order(now: datetime, flagged: Callable[[], Case], priya: User) -> None:
    cases = [flagged() for _ in range(26)]
    for place, case in enumerate(reversed(cases)):
        owe(case, now + (place + 1) * HOUR)
    first = text_of(client_of(priya).get("/stalking/"))
    assert cases[-1].reference in first and cases[0].reference not in first and "?from=25" in first
    second = text_of(client_of(priya).get("/stalking/?from=25"))
    assert cases[0].reference in second and cases[-1].reference not in second
