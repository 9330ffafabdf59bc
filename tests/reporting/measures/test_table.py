"""The table of measures: every row says what it is, and can be asked in every way that it offers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Unit
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.owed import THEME as CLOCKS
from reporting.measures.reckon import Question, Window, ask
from tests.reporting.measures import oracle, oracle_around, oracle_journeys, oracle_outside
from tests.reporting.measures.test_register import BY_HAND

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
YEAR_OVER = Window(date(2025, 1, 1), date(2025, 12, 31))
WITH_FIGURES = [measure for measure in MEASURES.values() if measure.parts]
WAYS = [(measure, by) for measure in WITH_FIGURES for by in ("", *measure.by)]


@pytest.mark.django_db
@pytest.mark.parametrize(("measure", "by"), WAYS, ids=lambda value: getattr(value, "code", value) or "whole")
def test_a_measure_is_answered_in_every_way_it_offers(measure: Measure, by: str, nr3: Unit) -> None:
    for unit in (None,) if measure.of_force else (None, nr3):
        answer = ask(Question(measure, YEAR_OVER if measure.private else YEAR, by, unit, monthly=True))
        assert set(answer.values) == {part.code for part in measure.parts}


def test_every_figure_of_every_measure_is_reckoned_by_hand_too() -> None:
    """A measure that is added without a second reckoning fails here. Of every clock one is enough: they are one declaration."""
    wanted = {
        (measure.code, part.code) for measure in MEASURES.values() if measure.theme != CLOCKS for part in measure.parts
    }
    by_hand = {
        *oracle.ORACLE, *oracle_around.AROUND, *oracle_outside.OUTSIDE, *oracle_journeys.JOURNEYS, *BY_HAND,
    }  # fmt: skip
    assert wanted <= by_hand and {code for code, _ in by_hand - wanted} == {"clock-record-sent"}
    times = {(measure.code, took.label) for measure in MEASURES.values() for took in measure.took}
    assert times == {*oracle.TOOK, *oracle_around.TOOK, *oracle_journeys.WAITED}


def test_m01_to_m46_are_all_in_the_table_and_what_has_no_facts_says_which() -> None:
    assert {f"M{number:02}" for number in range(1, 47)} <= MEASURES.keys()
    assert {code for code, measure in MEASURES.items() if measure.lacks} == {"M30", "M32"}


def test_what_a_measure_is_broken_down_by_is_read_off_each_of_its_numbers() -> None:
    """A breakdown that a number has not would show it as nought in every group."""
    for measure in MEASURES.values():
        for by in measure.by:
            for part in measure.parts:
                for source in part.sources:
                    own = getattr(source, "own", None)
                    if own is not None:
                        assert by in own or (by in BREAKDOWNS and BREAKDOWNS[by].read(source) is not None) or by in part.spread, (
                            measure.code, part.code, by,
                        )  # fmt: skip


def test_whatever_is_measured_by_speed_is_read_beside_another_measure() -> None:
    """What is hurried alone gets worse."""
    for measure in MEASURES.values():
        if measure.took or any(part.code == "in-time" for part in measure.parts):
            assert MEASURES[measure.pair].parts, measure.code


@pytest.mark.django_db
def test_what_several_figures_are_made_of_is_counted_once(django_assert_num_queries: Any) -> None:
    """Each reason is a share of the same decisions."""
    measure = MEASURES["why-not-arrested"]
    with django_assert_num_queries(len(measure.parts) + 1):
        ask(Question(measure, YEAR))
