"""Figures for partners: by division and quarter, with nothing from which anybody could be found."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from audit.models import Access, Operation
from cases.models import Incident
from reporting.equality.small import kept_back, small
from reporting.extract.shared import NOT_SHOWN, column_of, quarters, shared, total_of
from tests import factories
from tests.cast import text_of
from workflow.clock import LONDON

SignIn = Callable[[User | None], Client]
QUARTER = quarters(datetime.now(LONDON).date())[0]


def reported(by: User, number: int, children: int = 0, day: date = QUARTER) -> list[Incident]:
    at = datetime.combine(day + timedelta(days=9), datetime.min.time(), LONDON)
    rows = [factories.begun(by) for _ in range(number)]
    for place, one in enumerate(rows):
        said = "yes" if place < children else "no"
        Incident.objects.filter(pk=one.pk).update(reported_at=at, occurred_from=at, children_present=said)
    return rows


def cells(by: User, quarter: date = QUARTER) -> dict[str, list[str]]:
    found = shared(by, quarter)
    return {row.area: row.cells for row in found.rows} | ({"all": found.total} if found.rows else {})


@pytest.mark.requirement("S3-129")
def test_reports_are_given_by_division_with_small_numbers_and_what_gives_them_away_kept_back(
    ellen: User, sam: User, ari: User, sign_in: SignIn
) -> None:
    reported(ellen, 12, children=6)
    reported(sam, 9, children=2)
    assert cells(ari) == {
        "NG": ["12", "0", "0", "0", "not shown"], "SM": ["9", "0", "0", "0", "not shown"],
        "all": ["21", "0", "0", "0", "8"],
    }  # fmt: skip
    browser = sign_in(ari)
    page = text_of(browser.get(f"/extracts/shared/?quarter={QUARTER}"))
    assert "Northgate" in page and "not shown" in page and "Download as a file" in page
    answer = browser.get(f"/extracts/shared/file/?quarter={QUARTER}")
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0] == ["quarter_begins", "area", "name", "reports", "crime", "arrested", "high", "children"]
    assert rows[1] == [str(QUARTER), "NG", "Northgate", "12", "0", "0", "0", "not shown"]
    assert Access.objects.get(kind="export", by=ari).operation == Operation.DISCLOSURE


def test_a_division_of_few_is_kept_back_with_another_and_a_quarter_of_few_altogether(
    ellen: User, sam: User, ari: User, sign_in: SignIn
) -> None:
    few = reported(sam, 3)
    assert cells(ari) == {}
    assert "too few reports" in text_of(sign_in(ari).get("/extracts/shared/"))
    reported(ellen, 9)
    assert cells(ari) == {}  # two divisions: either would give the other away
    Incident.objects.filter(pk__in=[one.pk for one in few]).update(da_confirmed="no")
    assert cells(ari)["NG"][0] == "9" and "SM" not in cells(ari)


def test_only_quarters_that_are_over_are_offered_and_no_other_time(ari: User, ellen: User, sign_in: SignIn) -> None:
    assert quarters(date(2026, 11, 23), 3) == [date(2026, 7, 1), date(2026, 4, 1), date(2026, 1, 1)]
    assert quarters(date(2026, 1, 1), 1) == [date(2025, 10, 1)]
    reported(ellen, 9)
    newest = text_of(sign_in(ari).get("/extracts/shared/"))
    for wrong in ("x", "2026-02-01", "9999-01-01"):
        assert text_of(sign_in(ari).get(f"/extracts/shared/?quarter={wrong}")).count("<td") == newest.count("<td")


def test_it_is_counted_in_three_statements_and_only_where_the_reader_may_look(
    ellen: User, priya: User, ari: User, sign_in: SignIn
) -> None:
    rows = reported(ellen, 9)
    with CaptureQueriesContext(connection) as queries:
        assert cells(ari)["all"][0] == "9"
    assert len(queries) == 3
    type(rows[0].case).objects.filter(pk=rows[0].case_id).update(restricted=True)
    assert cells(ari)["all"][0] == "8"
    assert sign_in(ellen).get("/extracts/shared/").status_code == 403
    assert sign_in(ellen).get("/extracts/shared/file/").status_code == 404


AREAS = ("A", "B", "C")
DIVISIONS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=2, max_size=3)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(DIVISIONS)
def test_whoever_takes_a_column_from_its_total_learns_no_small_number(pairs: list[tuple[int, int]]) -> None:
    """Everything that fits what is printed is tried: each hidden number that is small, or leaves few, stays open."""
    counts = {area: max(pair) for area, pair in zip(AREAS, pairs, strict=False)}
    parts = {area: min(pair) for area, pair in zip(AREAS, pairs, strict=False)}
    away = kept_back(counts)
    if away:
        return  # what is known of the reports themselves is proved in test_equality
    column, total = column_of(counts, parts, away), total_of(parts, counts)
    fits = [
        guess
        for guess in product(*(range(counts[area] + 1) for area in counts))
        if (total == NOT_SHOWN or sum(guess) == int(total))
        and all(column[area] in (NOT_SHOWN, str(said)) for area, said in zip(counts, guess, strict=True))
    ]
    for place, area in enumerate(counts):
        if small(parts[area]) or small(counts[area] - parts[area]):
            assert column[area] == NOT_SHOWN
            assert len({guess[place] for guess in fits}) > 2
