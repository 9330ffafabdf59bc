"""R-10 to R-12 and R-19 as tables: what sets a floor, what is only expected, what is insufficient."""

from __future__ import annotations

import json
from typing import Any

import pytest

from risk.models import Limits, Question, Row
from risk.models.grading import (
    LOWEST_OF_ALL,
    Floor,
    count,
    count_floor,
    expected,
    highest,
    history_floor,
    is_insufficient,
    refusal_floor,
    standing_floor,
)
from risk.services.instruments import DASH_2009, THRESHOLDS

CHILDREN = (10, 11, 12)  # asked by the police, left out of the partners' form


def questions() -> list[Question]:
    said = json.loads(DASH_2009.read_text())
    rows = [row for part in said["sections"] for row in part["questions"]]
    return [
        Question(
            number=row["number"], key=row["key"], label=row["label"], is_critical=row.get("critical", False),
            counts_toward=row["counts"],
        )
        for row in rows
    ]  # fmt: skip


class Said:
    """An answer as the rules read it."""

    def __init__(self, question: Question, value: str) -> None:
        self.number, self.label, self.value, self.text = question.number, question.label, value, ""


def rows(yes: tuple[int, ...] = (), **others: str) -> list[Row]:
    """The 27 with these Yes; others by number (q5="declined", q6=""); the rest No."""
    made: list[Row] = []
    for question in questions():
        value = "yes" if question.number in yes else others.get(f"q{question.number}", "no")
        made.append(Row(question, Said(question, value) if value else None))
    return made


def limits(**changed: int) -> Limits:
    values = {row["name"]: row["value"] for row in json.loads(THRESHOLDS.read_text())}
    return Limits({**values, **changed}, "test")


def first(count_of: int) -> tuple[int, ...]:
    """So many questions of those that partners count."""
    return tuple(number for number in range(1, 28) if number not in CHILDREN)[:count_of]


@pytest.mark.parametrize(
    ("yes", "grade"), [(0, "standard"), (9, "standard"), (10, "medium"), (13, "medium"), (14, "high"), (24, "high")]
)
@pytest.mark.rule("R-10")
def test_the_count_of_the_24_sets_the_floor(yes: int, grade: str) -> None:
    counts = count(rows(first(yes)))
    assert (counts.ric_yes, counts.ric_of, counts.of) == (yes, 24, 27)
    assert count_floor(counts, limits()).grade == grade


@pytest.mark.parametrize(("of_the_24", "grade"), [(9, "standard"), (11, "medium"), (13, "medium")])
def test_the_three_questions_about_children_never_raise_the_count_of_the_24(of_the_24: int, grade: str) -> None:
    counts = count(rows((*first(of_the_24), *CHILDREN)))
    assert counts.yes == of_the_24 + 3
    assert count_floor(counts, limits()).grade == grade


def test_a_floor_says_its_fact_and_its_rule() -> None:
    assert count_floor(count(rows(first(14))), limits()) == Floor(
        "high", "14 of the 24 are Yes; the rule is 14 or more"
    )
    assert history_floor(4, limits()) == Floor("medium", "4 incidents in 12 months; the rule is 3 or more")


@pytest.mark.parametrize(("incidents", "grade"), [(1, "standard"), (2, "standard"), (3, "medium"), (40, "medium")])
@pytest.mark.rule("R-10")
def test_three_incidents_in_twelve_months_are_at_least_medium(incidents: int, grade: str) -> None:
    assert history_floor(incidents, limits()).grade == grade


def test_a_force_that_sets_its_own_numbers_gets_its_own_floors() -> None:
    counts = count(rows(first(12)))
    assert count_floor(counts, limits(ric_high=12)).grade == "high"
    assert history_floor(2, limits(incidents_medium=2)).grade == "medium"


@pytest.mark.parametrize(
    ("yes", "said"),
    [
        ((), None),
        ((6, 15), None),
        ((1, 6), None),
        ((18,), "strangulation (18)"),
        ((17,), "a threat to kill that was believed (17)"),
        ((17, 18), "strangulation (18) and a threat to kill that was believed (17)"),
        ((6, 15, 1), "separation, control and violence together (6, 15, 1)"),
        ((6, 15, 19), "separation, control and violence together (6, 15, 19)"),
    ],
)
@pytest.mark.rule("R-10")
def test_guidance_expects_high_for_strangulation_a_threat_to_kill_or_the_three_together(
    yes: Any, said: str | None
) -> None:
    advice = expected(rows(yes))
    assert (advice.because if advice else None) == said
    assert advice is None or advice.grade == "high"


@pytest.mark.rule("R-10")
def test_what_guidance_expects_is_no_floor() -> None:
    assert count_floor(count(rows((17, 18))), limits()) == LOWEST_OF_ALL


@pytest.mark.parametrize(("unknown", "insufficient"), [(7, False), (8, True), (27, True)])
@pytest.mark.rule("R-12")
def test_standard_on_eight_that_are_not_known_is_insufficient_information(unknown: int, insufficient: bool) -> None:
    words = ("declined", "dont_know", "not_asked", "")
    counts = count(rows(**{f"q{number}": words[number % 4] for number in range(1, unknown + 1)}))
    assert counts.unknown == unknown
    assert is_insufficient("standard", counts, limits()) is insufficient
    assert not is_insufficient("medium", counts, limits())


@pytest.mark.parametrize(
    ("refused", "before", "grade"), [(True, 1, "medium"), (True, 0, "standard"), (False, 1, "standard")]
)
@pytest.mark.rule("R-19")
def test_a_refusal_with_an_incident_before_is_at_least_medium(refused: bool, before: int, grade: str) -> None:
    assert refusal_floor(refused, before).grade == grade


@pytest.mark.parametrize(
    ("now", "grade"), [("", "standard"), ("standard", "standard"), ("medium", "medium"), ("high", "high")]
)
def test_the_grade_that_stands_is_not_lowered_by_an_assessment(now: str, grade: str) -> None:
    assert standing_floor(now).grade == grade


@pytest.mark.rule("R-10")
def test_the_gravest_floor_counts_and_of_equals_the_first_is_said() -> None:
    medium, high = Floor("medium", "one"), Floor("high", "two")
    assert highest([medium, high, Floor("high", "three")]) == high
    assert highest([]) == LOWEST_OF_ALL
