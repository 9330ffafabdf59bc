"""Whatever the force: each figure is what somebody would count by hand from the facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Question, Window, ask
from tests.reporting.measures import oracle
from tests.reporting.measures.comparing import compare, compare_times
from tests.reporting.measures.generated import FORCE, NOW, plant

pytestmark = pytest.mark.django_db
PLAIN = settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
#: Days back from today: the first and the last of the window.
WINDOWS = st.tuples(st.integers(0, 800), st.integers(0, 800)).map(lambda ends: (max(ends), min(ends)))


def window_of(back: tuple[int, int]) -> Window:
    today = NOW.date()
    return Window(today - timedelta(days=back[0]), today - timedelta(days=back[1]))


@PLAIN
@given(drawn=FORCE, back=WINDOWS)
def test_each_measure_is_what_is_counted_by_hand(
    drawn: list[dict[str, Any]], back: tuple[int, int], nr3: Unit, nr4: Unit, sr1: Unit, northgate: Unit, ellen: User
) -> None:
    window = window_of(back)
    with transaction.atomic():
        told = plant(drawn, [nr3, nr4, sr1], ellen)
        for unit, units in ((None, None), (northgate, {0, 1}), (sr1, {2})):
            by_hand = oracle.Window(window.begins, window.ends, units)
            compare(oracle.ORACLE, told, by_hand, window, unit)
            compare_times(oracle.TOOK, told, by_hand, window, unit)
        transaction.set_rollback(True)


def test_the_months_of_a_window_add_up_to_it_where_nothing_counts_once(nr3: Unit, ellen: User) -> None:
    window = Window(date(2025, 1, 1), date(2026, 12, 31))
    never = dict.fromkeys(("arrest", "charge", "verdict", "dash", "later", "action", "due", "plan"))
    not_so = dict.fromkeys(("no_abuse", "struck", "restricted", "police", "dropped", "refused"), False)
    said = {**never, **not_so, "unit": 0, "victim": 1, "suspect": 0, "crimes": [], "grade": "high", "bwv": ""}
    plant([said | {"days": days} for days in (3, 40, 40, 300)], [nr3], ellen)
    answer = ask(Question(MEASURES["M01"], window, monthly=True))
    months = [answer.value("reports", month).some for month in answer.months]
    assert (sum(months), len(months)) == (answer.value("reports").some, 24) == (4, 24)
    assert answer.value("reports", date(2026, 10, 1)).some == 2


def test_a_restricted_case_counts_for_the_force_and_in_no_unit_of_it(nr3: Unit, northgate: Unit, ellen: User) -> None:
    never = dict.fromkeys(("arrest", "charge", "verdict", "dash", "later", "action", "due", "plan"))
    not_so = dict.fromkeys(("no_abuse", "struck", "police", "dropped", "refused"), False)
    said = {
        **never,
        **not_so,
        "unit": 0,
        "victim": 1,
        "suspect": 0,
        "crimes": [],
        "grade": "high",
        "bwv": "",
        "days": 3,
    }
    plant([said | {"restricted": apart} for apart in (True, False, False)], [nr3], ellen)
    window = Window(date(2026, 11, 1), date(2026, 11, 30))
    for by, group in (("division", northgate.pk), ("team", nr3.pk)):
        answer = ask(Question(MEASURES["M01"], window, by))
        assert {key: answer.value("reports", None, key).some for key, _ in answer.groups} == {group: 2, None: 1}
    assert ask(Question(MEASURES["M01"], window)).value("reports").some == 3
    assert ask(Question(MEASURES["M01"], window, unit=nr3)).value("reports").some == 2
