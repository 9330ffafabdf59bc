"""How long until it happens, with those whom it has not happened to; how lengths lie; what becomes of a cohort."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.charts.spread import histogram, percentile
from reporting.charts.stages import attrition, movement
from reporting.charts.waiting import Wait, kaplan_meier

MODEST = settings(max_examples=25, deadline=None, derandomize=True)
#: Weeks of remission under 6-MP; + was still in remission (Freireich 1963): the worked example of every textbook.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
WAITS = st.lists(st.builds(Wait, st.integers(0, 60), st.booleans()), min_size=1, max_size=60)


def test_the_curve_is_that_of_the_textbooks() -> None:
    curve = kaplan_meier([Wait(int(one.rstrip("+")), "+" not in one) for one in REMISSION.split()])
    falls = {drop.days: round(float(drop.waiting), 3) for drop in curve.drops if drop.reached}
    assert falls == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert (curve.number, curve.not_reached, curve.median) == (21, 12, 23)
    assert isclose(float(curve.waiting_after(15)), 0.690, abs_tol=0.001) and curve.waiting_after(5) == 1
    assert [(drop.at_risk, drop.censored) for drop in curve.drops[:2]] == [(21, 1), (17, 0)]


def test_where_half_have_not_reached_it_there_is_no_median() -> None:
    curve = kaplan_meier([Wait(3, True), Wait(9, False), Wait(9, False), Wait(9, False)])
    assert curve.median is None and curve.not_reached == 3
    assert curve.within(Fraction(1, 4)) == 3


def test_the_slow_ones_make_it_longer_than_those_who_got_there() -> None:
    """Of those charged half took 4 days; with those still waiting after 30 it is nearer the truth."""
    reached, waiting = [Wait(day, True) for day in (2, 4, 6)], [Wait(30, False)] * 3
    assert kaplan_meier(reached).median == 4
    assert kaplan_meier(reached + waiting).median == 6


def test_of_nobody_nothing_falls_and_no_wait_ends_before_it_begins() -> None:
    curve = kaplan_meier([])
    assert (curve.drops, curve.number, curve.median, curve.waiting_after(9)) == ((), 0, None, 1)
    with pytest.raises(ValueError, match="before it begins"):
        kaplan_meier([Wait(-1, True)])


@MODEST
@given(WAITS)
def test_the_curve_only_falls_and_everybody_is_counted_once(waits: list[Wait]) -> None:
    curve = kaplan_meier(waits)
    shares = [Fraction(1), *(drop.waiting for drop in curve.drops)]
    assert shares == sorted(shares, reverse=True) and shares[-1] >= 0
    assert sum(drop.reached + drop.censored for drop in curve.drops) == len(waits)
    assert sum(drop.censored for drop in curve.drops) == curve.not_reached


@MODEST
@given(st.lists(st.integers(0, 60), min_size=1, max_size=60), st.integers(0, 60))
def test_where_all_have_reached_it_the_curve_is_the_share_still_ahead(days: list[int], after: int) -> None:
    curve = kaplan_meier([Wait(day, True) for day in days])
    assert curve.waiting_after(after) == Fraction(sum(day > after for day in days), len(days))
    assert curve.median == percentile(days, 50)


def test_percentiles_are_lengths_that_were_taken() -> None:
    assert [percentile([15, 20, 35, 40, 50], share) for share in (5, 30, 40, 50, 100)] == [15, 20, 20, 35, 50]
    with pytest.raises(ValueError, match="of nothing"):
        percentile([], 50)


@MODEST
@given(st.lists(st.integers(0, 100), max_size=50))
def test_every_length_stands_in_one_stretch(lengths: list[int]) -> None:
    found = histogram(lengths, (0, 1, 3, 7, 14))
    assert [one.count for one in found] == [
        sum(one.least <= length < (one.most or 1000) for length in lengths) for one in found
    ]
    assert sum(one.count for one in found) == len(lengths)


def test_edges_must_rise_and_begin_before_all() -> None:
    for values, edges in (([1], (0, 0, 3)), ([-1], (0, 3))):
        with pytest.raises(ValueError, match=r"rise|before"):
            histogram(values, edges)


def test_attrition_is_of_the_stage_before_and_of_the_first() -> None:
    first, crime, charged, convicted = attrition([("Reported", 200), ("Crime", 150), ("Charged", 30), ("Convicted", 0)])
    assert (first.of_previous, first.of_first, first.lost) == (None, 100, None)
    assert (crime.of_previous, crime.of_first, crime.lost) == (75, 75, 50)
    assert (charged.of_previous, charged.of_first, charged.lost) == (20, 15, 120)
    assert (convicted.of_previous, convicted.of_first) == (0, 0)


def test_more_may_be_charged_than_were_sent_for_advice_and_nothing_of_nothing_is_no_share() -> None:
    _, advice, charged, after = attrition([("Arrested", 9), ("Advice", 0), ("Charged", 3), ("Convicted", 3)])
    assert (advice.of_previous, charged.lost, charged.of_previous, charged.of_first) == (
        0,
        None,
        None,
        Fraction(100, 3),
    )
    assert after.of_previous == 100
    assert attrition([("Reported", 0)])[0].of_first is None


def test_a_movement_is_counted_from_and_to() -> None:
    moved = {("Standard", "High"): 3, ("High", "Standard"): 1, ("High", "High"): 5, ("Standard", "Medium"): 2}
    found = movement(moved, ("Standard", "Medium", "High"))
    assert found.rows == ((0, 2, 3), (0, 0, 0), (1, 0, 5))
    assert (found.by_row, found.by_column, found.total) == ((5, 0, 6), (1, 2, 8), 11)
    assert (found.stayed, found.up, found.down) == (5, 5, 1)
    with pytest.raises(ValueError, match="Extreme"):
        movement({("High", "Extreme"): 1}, ("Standard", "High"))
