"""A kept question: built once, and each time it is asked for the person and the moment of that time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Posting, Unit, User
from cases.kept import kept

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def posts_now(now: datetime) -> Any:
    """The roles somebody holds at the moment, and those they will hold in eight hours."""

    def build(user: User) -> Any:
        held = Posting.objects.filter(user=user)
        now_held, soon = held.current(now), held.current(now + 8 * HOUR)
        return now_held.values("role").union(soon.values("role"))

    return build


def roles_of(user: User, now: datetime) -> set[str]:
    return {row["role"] for row in kept("tests: roles", posts_now(now), user, now)}


def test_each_is_told_of_themselves_and_of_the_moment_at_which_they_ask(
    ellen: User, priya: User, nr3: Unit, now: datetime
) -> None:
    assert roles_of(ellen, now) == {"officer"}
    assert roles_of(priya, now) == {"sergeant"}
    Posting.objects.create(user=ellen, role="sergeant", unit=nr3, from_at=now + 10 * HOUR)
    assert roles_of(ellen, now) == {"officer"}
    assert roles_of(ellen, now + 3 * HOUR) == {"officer", "sergeant"}, "in eight hours, counted from the new moment"


def test_it_says_the_same_where_a_connection_keeps_no_plan(ellen: User, now: datetime, settings: Any) -> None:
    planned = roles_of(ellen, now)
    settings.DATABASE_KEEPS_PLANS = False
    assert roles_of(ellen, now) == planned == {"officer"}


def test_a_connection_plans_it_once_and_each_asking_is_one_statement(ellen: User, priya: User, now: datetime) -> None:
    roles_of(ellen, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'kept_%%'")
        planned = {name for (name,) in cursor.fetchall()}
    with CaptureQueriesContext(connection) as sent:
        roles_of(priya, now + HOUR)
    assert len(sent) == 1 and sent[0]["sql"].split("(")[0].split()[1] in planned


def test_a_question_with_a_date_of_its_own_cannot_be_kept(ellen: User, now: datetime) -> None:
    fixed = Posting.objects.filter(user=ellen, from_at__gt=datetime(2019, 3, 1, tzinfo=UTC)).values("role")
    with pytest.raises(LookupError, match="cannot be kept"):
        kept("tests: a date", lambda user: fixed, ellen, now)
