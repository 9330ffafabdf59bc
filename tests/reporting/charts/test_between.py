"""The funnel between units: exact limits against sums of whole numbers, normal ones by hand."""

from __future__ import annotations

from fractions import Fraction
from math import comb, isclose, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.charts.between import ALERT, WARN, Funnel, binomial_limit, funnel
from reporting.charts.points import Point

MODEST = settings(max_examples=25, deadline=None, derandomize=True)


def up_to(number: int, whole: int, share: Fraction) -> Fraction:
    """The chance of so many or fewer, exact."""
    return sum((comb(whole, n) * share**n * (1 - share) ** (whole - n) for n in range(number + 1)), Fraction(0))


def test_the_limit_of_ten_coins() -> None:
    """P(R <= 2) = 56/1024, P(R = 2) = 45/1024: 2 less (0.0546875 - 0.025) / 0.0439453, by ten."""
    assert isclose(binomial_limit(10, 0.5, WARN), 0.132444, abs_tol=1e-6)
    limits = Funnel(0.5, 100, share=True, exact=True).limits(10, WARN)
    assert isclose(limits.lower, 13.2444, abs_tol=1e-4) and isclose(limits.upper, 86.7556, abs_tol=1e-4)


@MODEST
@given(st.integers(1, 40), st.integers(1, 19), st.sampled_from([WARN, ALERT]))
def test_outside_the_exact_limits_is_what_chance_leaves_less_often(whole: int, twentieths: int, beyond: float) -> None:
    share = Fraction(twentieths, 20)
    found = Funnel(float(share), 1, share=True, exact=True).limits(whole, beyond)
    for number in range(whole + 1):
        below, above = up_to(number, whole, share), 1 - up_to(number - 1, whole, share)
        assert (number / whole < found.lower - 1e-9) == (below < beyond), (number, found)
        assert (number / whole > found.upper + 1e-9) == (above < beyond), (number, found)


def test_normal_limits_are_standard_errors_around_the_mean() -> None:
    found = funnel([Point("North", 40, 100), Point("South", 60, 100)], exact=False)
    assert found is not None and found.mean == 0.5
    limits = found.limits(400, ALERT)
    assert isclose(limits.upper, 50 + 100 * 3.0902323 * sqrt(0.25 / 400)) and isclose(limits.lower, 100 - limits.upper)


@pytest.mark.parametrize("share", [0.02, 0.4, 0.97])
def test_of_many_the_exact_limits_are_the_normal_ones(share: float) -> None:
    exact, normal = (Funnel(share, 100, share=True, exact=way).limits(1000, WARN) for way in (True, False))
    assert isclose(exact.upper, normal.upper, abs_tol=0.4) and isclose(exact.lower, normal.lower, abs_tol=0.4)


def test_units_are_held_against_the_limits_of_their_own_size() -> None:
    rest = [Point(f"Unit {n}", 500, 1000) for n in range(20)]
    few, many, near = Point("Few", 7, 10), Point("Many", 600, 1000), Point("Near", 545, 1000)
    found = funnel([*rest, few, many, near])
    assert found is not None
    assert [found.against(point) for point in (few, many, near, rest[0])] == ["", "above", "high", ""]
    assert found.against(Point("Nobody", 0, 0)) == "" and found.against(Point("Hidden", None, 30)) == ""


def test_of_no_unit_there_is_no_funnel_and_a_mean_of_none_or_all_is_a_line() -> None:
    assert funnel([Point("North", 0, 0)]) is None
    for part, mean in ((0, 0), (50, 100)):
        found = funnel([Point("North", part, 50)])
        assert found is not None
        limits = found.limits(50, ALERT)
        assert limits.lower == limits.upper == mean


def test_rates_over_one_for_each_have_the_limits_of_counted_events() -> None:
    found = funnel([Point("North", 30, 20)])
    assert found is not None and isclose(
        found.limits(20, WARN).upper, 150 + 100 * 1.959964 * sqrt(1.5 / 20), abs_tol=1e-3
    )
