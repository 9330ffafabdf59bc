"""Control limits: worked by hand, started again where counting changed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import isclose, sqrt
from statistics import mean

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.charts.limits import Limits, against, p_chart, restarts, runs, xmr
from reporting.charts.points import Point, of_month
from tests.reporting.charts.samples import arrests

MODEST = settings(max_examples=25, deadline=None, derandomize=True)
PAIRS = st.lists(
    st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=30
)


def shares(*pairs: tuple[int, int]) -> list[Point]:
    return [Point(str(place), *pair) for place, pair in enumerate(pairs)]


def test_limits_of_shares_are_three_standard_errors_by_the_whole_of_each() -> None:
    """100 of 200 in all: half. Of 100 one error is 5 in 100; of 25 it is 10."""
    first, second, third = p_chart(shares((40, 100), (54, 75), (6, 25)))
    assert first == Limits(50.0, 35.0, 65.0)
    assert third and isclose(third.lower, 20) and isclose(third.upper, 80)
    assert second and isclose(second.upper, 50 + 300 * sqrt(0.25 / 75))


def test_the_limits_of_october_are_those_of_the_picture() -> None:
    """Mean 37.7 of 890 crimes: 32.9 to 42.6 (the approved picture, to one place)."""
    error = 300 * sqrt(0.377 * 0.623 / 890)
    assert (round(37.7 - error, 1), round(37.7 + error, 1)) == (32.8, 42.6)
    told = arrests()
    assert [told.points[place].label for place in told.outside] == ["December 2024", "August 2026"]


def test_limits_of_numbers_are_2_66_moving_ranges() -> None:
    """10, 12, 8, 14: mean 11, ranges 2, 4, 6, mean range 4, reach 10.64."""
    for found in xmr([Point(str(n), n) for n in (10, 12, 8, 14)]):
        assert found and isclose(found.mean, 11) and isclose(found.lower, 0.36) and isclose(found.upper, 21.64)


def test_nothing_is_counted_below_nought_and_no_share_is_beyond_all() -> None:
    assert all(limits and limits.lower == 0 for limits in xmr([Point("a", 1), Point("b", 9), Point("c", 2)]))
    assert all(limits and limits.lower < 0 for limits in xmr([Point("a", 1), Point("b", 9), Point("c", 2)], floor=None))
    low, high = p_chart(shares((0, 4), (1, 40))), p_chart(shares((4, 4), (39, 40)))
    assert p_chart(shares((9, 9))) == [Limits(100, 100, 100)]
    assert low[0] and low[0].lower == 0 and high[0] and high[0].upper == 100


def test_a_rate_may_pass_a_hundred() -> None:
    """Arrests of a small unit: 12 for 8 crimes. The error is that of counted events, sqrt(1.5 / 8)."""
    (found,) = p_chart(shares((12, 8)))
    assert found and found.mean == 150 and isclose(found.upper, 150 + 300 * sqrt(1.5 / 8))


def test_limits_start_again_where_counting_changed() -> None:
    months = [of_month(date(2023, month, 1), part, 100) for month, part in ((4, 40), (5, 44), (6, 60), (7, 64))]
    assert restarts(months, [date(2023, 6, 1)]) == [2]
    assert restarts(months, [date(2023, 5, 20)]) == [2], "a month that began before is counted the old way"
    assert restarts(months, [date(2024, 1, 1)]) == [4]
    found = p_chart(months, restarts(months, [date(2023, 6, 1)]))
    assert [one and round(one.mean, 6) for one in found] == [42, 42, 62, 62]


def test_what_has_no_whole_has_no_limits_and_is_against_none() -> None:
    points = [Point("a", 3, 10), Point("b", 0, 0), Point("c", None, 12), Point("d", 4, 10)]
    found = p_chart(points)
    assert found[1] is None and found[0] and isclose(found[0].mean, 35)
    assert [against(point, limits) for point, limits in zip(points, found, strict=True)] == ["", "", "", ""]
    assert xmr([Point("alone", 7)]) == [None]


def test_on_the_limit_is_within() -> None:
    limits = Limits(50, 40, 60)
    assert [limits.against(value) for value in (39.9, 40, 60, 60.1)] == ["below", "", "", "above"]


@MODEST
@given(PAIRS, st.integers(0, 30))
def test_what_came_before_a_change_has_no_say_in_what_came_after(pairs: list[tuple[int, int]], cut: int) -> None:
    points = shares(*pairs)
    whole = p_chart(points, [cut])
    assert whole == p_chart(points[:cut]) + p_chart(points[cut:])
    values = [Point(point.label, int(point.part or 0)) for point in points]
    assert xmr(values, [cut]) == xmr(values[:cut]) + xmr(values[cut:])


@MODEST
@given(PAIRS)
def test_a_larger_whole_has_narrower_limits_around_the_same_mean(pairs: list[tuple[int, int]]) -> None:
    points = shares(*pairs)
    order = sorted(zip((n for _, n in pairs), p_chart(points), strict=True), key=lambda pair: pair[0])
    for (_, small), (_, large) in pairwise(order):
        assert small and large and isclose(small.mean, large.mean)
        assert small.lower <= large.lower + 1e-9 and large.upper <= small.upper + 1e-9
    assert isclose(order[0][1].mean, 100 * sum(p for p, _ in pairs) / sum(n for _, n in pairs))  # type: ignore[union-attr]


@MODEST
@given(st.lists(st.integers(0, 500), min_size=2, max_size=40))
def test_the_reach_of_numbers_is_that_of_their_ranges(numbers: list[int]) -> None:
    (found, *_) = xmr([Point("", n) for n in numbers], floor=None)
    ranges = [abs(b - a) for a, b in pairwise(numbers)]
    assert found and isclose(found.upper - found.mean, 2.66 * mean(ranges)) and isclose(found.mean, mean(numbers))


@MODEST
@given(st.integers(0, 50), st.lists(st.integers(-2, 60), max_size=6))
def test_runs_hold_every_point_once(length: int, starts: list[int]) -> None:
    assert [place for run in runs(length, starts) for place in run] == list(range(length))
