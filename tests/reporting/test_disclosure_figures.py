"""Figures for requests for information: by route and outcome, how long each stage took, small numbers kept back (H7, H8)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from audit.models import Access
from dvds.models import Application, Outcome
from reporting.disclosures.counted import percentile, printed, published, rate, rates, report, took
from reporting.disclosures.outcomes import PUBLISHED, Published
from tests.cast import client_of, text_of
from tests.dvds.cast_of_disclosures import consideration

S = Application.State
PAGE = "/looking-back/figures/"


def test_every_outcome_is_mapped_to_the_published_pair_and_told_ones_alone_are_yes() -> None:
    assert set(PUBLISHED) == set(Outcome)
    yes = {code for code, pair in PUBLISHED.items() if pair is Published.YES}
    assert yes == {Outcome.DISCLOSED, Outcome.NO_UNDERTAKING, Outcome.EMERGENCY}
    assert PUBLISHED[Outcome.MERGED] is PUBLISHED[Outcome.TRANSFERRED] is Published.ELSEWHERE


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.floats(0, 400), min_size=1, max_size=40))
def test_percentiles_are_days_that_were_taken_and_grow(days: list[float]) -> None:
    half, most, longest = (percentile(days, share) for share in (50, 90, 100))
    assert half in days and most in days and longest == max(days)
    assert half <= most <= longest
    assert sum(day <= half for day in days) * 2 >= len(days)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=2, max_size=8))
def test_one_to_four_are_never_printed(counts: dict[str, int]) -> None:
    said = printed(counts)
    for key, count in counts.items():
        assert not 0 < count < 5 or said[key] in ("fewer than 5", "not shown")
        assert said[key] in (str(count), "fewer than 5", "not shown")


def test_a_refusal_to_hear_it_is_no_refusal_to_tell() -> None:
    codes = Counter({"disclosed": 10, "declined": 10, "nothing_held": 20})
    assert [line.number for line in rates(codes, 40, 40)] == ["25.0", "25.0", "50.0"]
    assert (rate(0, 0, 0), rate(2, 40, 40), rate(38, 40, 40)) == ("n/a", "not shown", "not shown")


def test_no_share_gives_away_a_number_that_is_kept_back() -> None:
    codes = Counter({"disclosed": 6, "nothing_held": 6, "going_on": 1})
    assert [line.number for line in published(codes)][0] == "not shown"
    assert {line.number for line in rates(codes, 13, 13)} == {"not shown"}
    assert took("Stage", [1.0] * 12, 13).number == "not shown" and took("Stage", [1.0] * 12, 13).half == "1.0"


@pytest.fixture
def year(disclosure_unit: Unit, perry: User) -> list[Application]:
    """Six that were told after 10 to 15 days, seven of which nothing was held, two that were withdrawn."""
    now = timezone.now()
    rows = []
    for number in range(6):
        first = now - timedelta(days=20)
        told = {"outcome": "disclosed", "told_at": first + timedelta(days=10 + number), "intelligence_ref": "I"}
        rows.append(consideration(disclosure_unit, perry, S.CLOSED, days_ago=20, route="know", **told))
    rows += [consideration(disclosure_unit, perry, S.CLOSED, days_ago=20) for _ in range(7)]
    rows += [consideration(disclosure_unit, perry, S.CLOSED, days_ago=20, outcome="withdrawn") for _ in range(2)]
    return rows


@pytest.mark.django_db
def test_the_report_counts_by_route_outcome_and_stage(year: list[Application]) -> None:
    today = timezone.localdate()
    found = report(today - timedelta(days=60), today)
    assert found.total == "15"
    by_code = {line.label: line.number for line in found.outcomes}
    assert by_code[Outcome.WITHDRAWN.label] == "fewer than 5"
    telling = next(row for row in found.stages if row.label == "First contact to telling")
    assert (telling.number, telling.half, telling.most, telling.longest) == ("6", "12.0", "15.0", "15.0")
    routes = {line.label: line.number for line in found.routes}
    assert routes["Right to know"] == "6" and routes["Right to ask: by the person at risk"] == "9"


@pytest.mark.django_db
def test_it_leaves_in_one_click_and_is_written_down_as_leaving(year: list[Application], maya: User, ari: User) -> None:
    said = text_of(client_of(ari).get(PAGE))
    assert "How long each stage took" in said and "Withdrawn" in said
    answer = client_of(maya).get(f"{PAGE}file/")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"period", "route", "outcome", "published", "rate", "stage"}
    looked = Access.objects.get(by=maya, kind=Access.Kind.EXPORT)
    assert looked.what.startswith("reporting.disclosures:")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["perry", "ellen", "stranger"])
def test_nobody_else_has_the_figures(who: str, request: Any) -> None:
    assert client_of(request.getfixturevalue(who)).get(PAGE).status_code == 404
