"""Two sweeps at once: one notice to a rung."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from supervision.escalation import sweep
from supervision.escalation.sweep import _due
from supervision.models import Notice
from tests.supervision.conftest import owe

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sweeps_at_once_make_one_notice_to_a_rung(now: Any, teams_case: Any, ellen: Any, priya: Any) -> None:
    for _ in range(40):
        owe(teams_case, now, holder=ellen)
    start = Barrier(2)

    def one() -> int:
        start.wait()
        try:
            return sweep(now, batch=3).rows
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        rows = [future.result() for future in [pool.submit(one), pool.submit(one)]]
    assert sum(rows) == 40, "no row is taken twice and none is left"
    told = Counter(Notice.objects.values_list("deadline_id", "person_id", "rung"))
    assert set(told.values()) == {1} and len(told) == 80


def test_a_row_that_another_sweep_holds_is_passed_over(now: Any, teams_case: Any, priya: Any) -> None:
    owe(teams_case, now)
    with transaction.atomic():
        assert len(_due(now, 10)) == 1

        def other() -> int:
            try:
                return sweep(now).rows
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(other).result() == 0
    assert sweep(now).rows == 1
