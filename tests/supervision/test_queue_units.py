"""The team's queue is asked unit by unit: nothing that is worked is left out, and an index leads however much is owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.models import Posting, Unit, User
from cases.models import Case
from cases.services import name_person
from cases.visibility import near, units_near
from supervision.queues import GROUPS, TEAM, Asked, queue_page
from supervision.queues.groups import unit_by_unit
from tests.cast import person, shut_out
from tests.supervision.conftest import owe
from workflow import engine
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def everywhere(force: Unit, northgate: Unit, nr3: Unit, nr4: Unit, sr1: Unit, now: Any) -> dict[str, Deadline]:
    """Something overdue in every unit of the force, by the unit's code."""
    cases = {unit.code: Case.begin("investigation", unit, now) for unit in (force, northgate, nr3, nr4, sr1)}
    return {code: owe(case, now - HOUR) for code, case in cases.items()}


def seen_by(user: User, now: Any) -> set[int]:
    """What stands on the page; it is what the person works, and the sieve lets through all of that."""
    worked = set(Deadline.objects.worked_by(user).values_list("pk", flat=True))
    assert worked <= set(Deadline.objects.filter(near(user)).values_list("pk", flat=True))
    for shape in ("", "rows of a team"):  # asked anew, and in words that were kept when somebody else asked
        page = queue_page(Asked(TEAM.rows, units_near, shape=shape), user, now)
        assert {row.id for group in page.listed for row in group.rows} == worked
        assert page.total == len(worked), "counted as they are listed"
    return worked


def test_a_team_a_division_and_the_force_each_see_all_beneath_them(
    everywhere: dict[str, Deadline], nr3: Unit, northgate: Unit, priya: User, ruth: User, superintendent: User, now: Any
) -> None:
    assert seen_by(priya, now) == {everywhere[nr3.code].pk}
    assert seen_by(ruth, now) > {everywhere[nr3.code].pk, everywhere[northgate.code].pk}
    assert seen_by(superintendent, now) == {owed.pk for owed in everywhere.values()}


def test_a_case_elsewhere_that_names_somebody_is_in_their_queue_while_it_names_them(
    everywhere: dict[str, Deadline], nr3: Unit, sr1: Unit, priya: User, now: Any
) -> None:
    away = everywhere[sr1.code]
    name_person(case=away.case, person=priya, until=now + HOUR)
    assert seen_by(priya, now) == {everywhere[nr3.code].pk, away.pk}
    name_person(case=away.case, person=priya, until=now - HOUR)
    assert seen_by(priya, now) == {everywhere[nr3.code].pk}


def test_whoever_acts_for_a_night_sees_that_team_for_the_night(
    everywhere: dict[str, Deadline], sr1: Unit, stranger: User, now: Any
) -> None:
    acting = Posting.objects.create(user=stranger, role="sergeant", unit=sr1, from_at=now - HOUR, to_at=now + HOUR)
    assert seen_by(stranger, now) == {everywhere[sr1.code].pk}
    Posting.objects.filter(pk=acting.pk).update(to_at=now - HOUR / 2)
    assert seen_by(stranger, now) == set()


def test_a_team_moved_to_another_division_is_in_that_divisions_queue(
    everywhere: dict[str, Deadline], nr3: Unit, northgate: Unit, southmere: Unit, force: Unit, ruth: User, now: Any
) -> None:
    una = person("", "", "Una Field", ("administrator", force))
    theirs = person("Insp", "0077", "Sol Meadows", ("inspector", southmere))
    engine.perform(
        nr3, "move", by=una, evidence={"parent": southmere.code, "reason": "The force is redrawn."}, seen=nr3.version
    )
    assert everywhere[nr3.code].pk in seen_by(theirs, now)
    assert everywhere[nr3.code].pk not in seen_by(ruth, now)


def test_a_shut_out_or_restricted_case_is_neither_listed_nor_counted(
    everywhere: dict[str, Deadline], nr3: Unit, northgate: Unit, priya: User, ruth: User, now: Any
) -> None:
    shut_out(everywhere[nr3.code].case, priya, ruth)
    assert seen_by(priya, now) == set()
    Case.objects.filter(pk=everywhere[northgate.code].case_id).update(restricted=True)
    assert everywhere[northgate.code].pk not in seen_by(ruth, now)


def copies(row: Any, count: int, said: Callable[[int], dict[str, Any]]) -> list[Any]:
    """So many more rows like this one, but for what is said of each."""
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    made: list[Any] = type(row)._default_manager.bulk_create([type(row)(**same | said(n)) for n in range(count)])
    return made


def test_the_index_of_the_unit_leads_where_much_is_owed(
    everywhere: dict[str, Deadline], nr3: Unit, northgate: Unit, priya: User, now: Any
) -> None:
    one = everywhere[nr3.code]
    units = [nr3.pk, *(Unit.objects.plant(f"Team {n}", f"T{n}", northgate).pk for n in range(19))]
    cases = copies(one.case, 4000, lambda n: {"reference": f"DA-2020-{n:06}", "unit_id": units[n % 20]})
    copies(
        one, 4000,
        lambda n: {"case_id": cases[n].pk, "subject_id": cases[n].pk, "unit_id": cases[n].unit_id,
                   "due_at": now + (n - 700) * HOUR, "critical_at": now + (n - 500) * HOUR},
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for group in GROUPS:
        rows = TEAM.rows(priya).filter(group.belongs(now))
        listed, counted = (rows.order_by("due_at", "pk"), 6), (rows.order_by(), 501)
        for asked, most in (listed, counted):
            plan = unit_by_unit(asked, units_near(priya), most).explain()
            assert "deadline_unit" in plan and "Seq Scan on workflow_deadline" not in plan, f"{group.key}: {plan}"
