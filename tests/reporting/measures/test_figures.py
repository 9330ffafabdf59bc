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
from reporting.measures.times import spreads
from tests.reporting.measures import oracle
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
            answers: dict[str, Any] = {}
            for (code, part), reckoned in oracle.ORACLE.items():
                answers.setdefault(code, None)
                answers[code] = answers[code] or ask(Question(MEASURES[code], window, unit=unit))
                value = answers[code].value(part)
                assert (value.some, value.whole) == reckoned(told, by_hand), (code, part, unit)
            began, reached, half = oracle.days_to_charge(told, by_hand)
            took = next(one for one in MEASURES["M19"].took if one.label == "from arrest to charge")
            spread = spreads(took, Question(MEASURES["M19"], window, unit=unit))[""]
            assert (spread.began, spread.reached) == (began, reached)
            assert spread.half == pytest.approx(half) if half is not None else spread.half is None
        transaction.set_rollback(True)


def test_the_months_of_a_window_add_up_to_it_where_nothing_counts_once(nr3: Unit, ellen: User) -> None:
    window = Window(date(2025, 1, 1), date(2026, 12, 31))
    never = dict.fromkeys(("arrest", "charge", "verdict", "dash", "later", "action", "due"))
    not_so = dict.fromkeys(("no_abuse", "struck", "restricted", "police", "dropped"), False)
    said = {**never, **not_so, "unit": 0, "victim": 1, "suspect": 0, "crimes": [], "grade": "high", "bwv": ""}
    plant([said | {"days": days} for days in (3, 40, 40, 300)], [nr3], ellen)
    answer = ask(Question(MEASURES["M01"], window, monthly=True))
    months = [answer.value("reports", month).some for month in answer.months]
    assert (sum(months), len(months)) == (answer.value("reports").some, 24) == (4, 24)
    assert answer.value("reports", date(2026, 10, 1)).some == 2
