"""How a figure is said: its rate, rounded half up, how sure it is, how it differs."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.charts.points import (
    Point,
    change,
    half_up,
    of_month,
    points_apart,
    said,
    signed,
    wilson,
)

MODEST = settings(max_examples=25, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("number", "places", "said_as"),
    [
        (Fraction(35200, 890), 1, "39.6"), (Fraction(1, 8), 1, "0.1"), (0.25, 1, "0.3"), (-0.25, 1, "-0.3"),
        (2.675, 2, "2.68"), (-0.04, 1, "0.0"), (12.5, 0, "13"), (99.95, 1, "100.0"), (7, 1, "7.0"),
    ],
)  # fmt: skip
def test_halves_are_rounded_up_as_they_are_written(number: float, places: int, said_as: str) -> None:
    assert str(half_up(number, places)) == said_as


@MODEST
@given(st.decimals(-10_000, 10_000, places=4), st.integers(0, 3))
def test_rounding_is_that_of_the_decimals(number: Decimal, places: int) -> None:
    assert half_up(number, places) == number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def test_a_rate_is_kept_in_full_and_shown_to_one_place() -> None:
    point = of_month(date(2026, 10, 1), 352, 890)
    assert (point.label, point.short, point.value) == ("October 2026", "Oct 2026", Fraction(35200, 890))
    assert point.words == "39.6"
    assert Point("a year", 31, 40_000, per=10_000).words == "7.8"


def test_nothing_of_nothing_is_not_applicable_and_never_a_nought() -> None:
    point = Point("North", 0, 0)
    assert (point.value, point.words) == (None, "n/a")
    assert Point("North", 0, 12).words == "0.0"


def test_a_number_is_shown_whole_and_one_that_is_hidden_is_not_shown() -> None:
    assert Point("North", 1020).words == "1,020"
    assert Point("North", 12.25).words == "12.3"
    assert (Point("North", None, 30).words, Point("North", None, 30).value) == ("not shown", None)


def test_a_rate_of_fewer_than_thirty_is_flagged() -> None:
    assert Point("North", 3, 29).is_thin and not Point("North", 3, 30).is_thin and not Point("North", 3).is_thin


def test_points_and_per_cent_are_different_things() -> None:
    now, before = Point("now", 25, 100), Point("before", 20, 100)
    assert points_apart(now, before) == 5 and change(now, before) == 25
    assert change(now, Point("before", 0, 100)) is None
    assert points_apart(now, Point("before", 0, 0)) is None
    assert (signed(points_apart(now, before)), signed(-0.44), signed(0.04), signed(None)) == (
        "+5.0",
        "−0.4",
        "0.0",
        "n/a",
    )
    assert said(1020.55) == "1,020.6"


@pytest.mark.parametrize(
    ("part", "whole", "lower", "upper"),
    [(5, 10, 23.66, 76.34), (0, 10, 0, 27.75), (10, 10, 72.25, 100), (45, 50, 78.64, 95.65)],
)
def test_the_interval_of_wilson(part: int, whole: int, lower: float, upper: float) -> None:
    """Worked by hand; of none it is z² / (n + z²)."""
    found = wilson(part, whole)
    assert found is not None
    assert isclose(found.lower, lower, abs_tol=0.005) and isclose(found.upper, upper, abs_tol=0.005)


@MODEST
@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share_and_turns_with_it(pair: tuple[int, int]) -> None:
    part, whole = pair
    found, other = wilson(part, whole), wilson(whole - part, whole)
    assert found and other
    assert 0 <= found.lower <= 100 * part / whole <= found.upper <= 100
    assert isclose(found.lower, 100 - other.upper, abs_tol=1e-9)


def test_there_is_no_interval_of_nothing_nor_of_what_is_no_share() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="no share"):
        wilson(12, 10)
