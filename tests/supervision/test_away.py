"""Stand-ins: what a sergeant owes goes to whoever stands in; and nobody off duty is the only holder of anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Duty, Posting, Unit, User
from cases.models import Case, Task
from cases.services import hold
from supervision import away
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, take
from tests.supervision.conftest import off_duty, owe
from tests.supervision.test_queues import words
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stand_in(user: User, unit: Unit, now: Any) -> None:
    """Acting sergeant until tomorrow: a posting, no bypass."""
    Posting.objects.create(user=user, role="sergeant", unit=unit, from_at=now - HOUR, to_at=now + 24 * HOUR)


def test_while_the_sergeant_is_on_leave_her_work_is_the_stand_ins(
    now: Any, teams_case: Case, priya: User, tom: User, nr3: Unit
) -> None:
    off_duty(priya, now)
    stand_in(tom, nr3, now)
    owe(teams_case, now - HOUR / 4, policy="dash-checked")
    sweep(now)
    assert [notice.person for notice in Notice.objects.all()] == [tom]
    [row] = [row for group in client_of(tom).get("/team/").context["page"].listed for row in group.rows]
    assert (row.holder, row.holder_problem) == ("You", False)


def test_what_only_somebody_off_duty_holds_is_given_to_an_inspector_to_hand_on(
    now: Any, teams_case: Case, ellen: User, ruth: User
) -> None:
    off_duty(ellen, now)  # back in twenty hours
    owe(teams_case, now + 3 * HOUR, holder=ellen)
    assert away.tell(now) == 1
    task, owed = Task.objects.get(), Deadline.objects.get(policy="task-holder-away")
    assert (task.case, task.kind, owed.due_at) == (teams_case, "holder_away", now + 4 * HOUR)
    sweep(now)
    assert Notice.objects.filter(person=ruth, deadline=owed).exists(), "told at once"
    page = client_of(ruth).get("/team/?wanted=task-holder-away")
    assert "Give it to somebody on duty" in words(page) and teams_case.reference in words(page)
    assert away.tell(now + HOUR) == 0, "once"


def test_it_ends_by_itself_once_somebody_on_duty_holds_it(
    now: Any, teams_case: Case, ellen: User, tom: User, priya: User
) -> None:
    off_duty(ellen, now)
    owe(teams_case, now + 3 * HOUR, holder=ellen)
    away.tell(now)
    take(teams_case, "hold", priya, part="investigation", person=tom)
    assert away.tell(now) == 0
    assert Task.objects.get().state == "done"


@pytest.mark.parametrize(
    ("due", "back", "told"),
    [(3, 20, 1), (21, 20, 0), (-1, 20, 1), (30, 40, 0)],
    ids=["before they are back", "after they are back", "overdue already", "not within a day"],
)
def test_only_what_falls_due_before_they_are_back_is_told(
    due: int, back: int, told: int, now: Any, teams_case: Case, ellen: User
) -> None:
    Duty.objects.create(user=ellen, from_at=now + back * HOUR, to_at=now + (back + 8) * HOUR)
    owe(teams_case, now + due * HOUR, holder=ellen)
    assert away.tell(now) == told


def test_whoever_is_on_duty_or_has_no_roster_is_not_away(
    now: Any, teams_case: Case, ellen: User, tom: User, nr3: Unit
) -> None:
    Duty.objects.create(user=ellen, from_at=now - HOUR, to_at=now + HOUR)
    owe(teams_case, now + 3 * HOUR, holder=ellen)
    other = Case.begin("investigation", nr3, now)
    hold(case=other, part="investigation", person=tom, at=now)
    owe(other, now + 3 * HOUR, holder=tom)
    assert away.tell(now) == 0


def test_what_an_inspector_was_told_of_already_is_not_told_again(now: Any, teams_case: Case, ellen: User) -> None:
    off_duty(ellen, now)
    row = owe(teams_case, now - 5 * HOUR, holder=ellen)
    assert row.critical_at and row.critical_at <= now
    assert away.tell(now) == 0


def test_the_night_watch_finds_what_was_told_to_nobody(now: Any, teams_case: Case, ellen: User) -> None:
    off_duty(ellen, now)
    owed = owe(teams_case, now + 3 * HOUR, holder=ellen)
    assert list(away.told_of_nobody(now)) == [owed]
    away.tell(now)
    assert not away.told_of_nobody(now).exists()
