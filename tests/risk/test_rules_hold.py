"""R-10 to R-12 of any answers at all: what must hold whatever is answered, by whoever, under whatever numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.models.answer import Row
from risk.models.grade import Grade, higher, rank
from risk.models.grading import Floor, count, count_floor, expected, highest, is_insufficient, standing_floor
from tests.risk.test_rules import CHILDREN, Said, limits, questions

ASKED = questions()
ANY = ("yes", "no", "dont_know", "not_asked", "declined", "")
#: Half of them Yes as often as not: else hardly any comes near the numbers of the rules.
ANSWERS = st.one_of(
    *(st.lists(st.sampled_from(of), min_size=27, max_size=27) for of in (ANY, ("yes", "yes", "yes", *ANY[1:4])))
)
GRADES = st.sampled_from(["", *Grade.values])


def rows(values: list[str]) -> list[Row]:
    return [
        Row(question, Said(question, value) if value else None)
        for question, value in zip(ASKED, values, strict=True)
    ]  # fmt: skip


@given(ANSWERS, st.integers(0, 26))
@settings(max_examples=25, derandomize=True)
@pytest.mark.rule("R-10")
def test_one_more_yes_never_lowers_the_floor_nor_what_is_expected(values: list[str], place: int) -> None:
    more = [*values[:place], "yes", *values[place + 1 :]]
    before, after = (count_floor(count(rows(said)), limits()) for said in (values, more))
    assert rank(after.grade) >= rank(before.grade)
    assert not expected(rows(values)) or expected(rows(more))


@given(ANSWERS)
@settings(max_examples=80, derandomize=True)
@pytest.mark.rule("R-10")
def test_the_count_of_the_24_never_sees_the_children_and_the_floor_says_why(values: list[str]) -> None:
    without = ["no" if number in CHILDREN else value for number, value in enumerate(values, 1)]
    one, other = count(rows(values)), count(rows(without))
    assert one.ric_yes == other.ric_yes <= one.yes and one.ric_of == 24
    floor = count_floor(one, limits())
    assert floor.grade == ("high" if one.ric_yes >= 14 else "medium" if one.ric_yes >= 10 else "standard")
    assert bool(floor.because) is (floor.grade != "standard")


@given(st.lists(st.sampled_from(Grade.values).map(lambda grade: Floor(grade, "a fact")), max_size=5), GRADES)
@settings(max_examples=25, derandomize=True)
@pytest.mark.rule("R-10", "R-11")
def test_the_floor_is_as_grave_as_the_gravest_and_never_below_the_grade_that_stands(
    floors: list[Floor], now: str
) -> None:
    found = highest([*floors, standing_floor(now)])
    assert all(rank(found.grade) >= rank(floor.grade) for floor in floors)
    assert rank(found.grade) >= rank(now)
    assert higher(found.grade, now) == found.grade


@given(ANSWERS, st.sampled_from(Grade.values), st.integers(1, 27))
@settings(max_examples=25, derandomize=True)
@pytest.mark.rule("R-12")
def test_only_standard_is_ever_insufficient_and_more_knowledge_never_makes_it_so(
    values: list[str], grade: str, least: int
) -> None:
    numbers = limits(unknown_limit=least)
    known = ["no" if value in ("dont_know", "") else value for value in values]
    assert is_insufficient(grade, count(rows(values)), numbers) >= is_insufficient(grade, count(rows(known)), numbers)
    assert grade == "standard" or not is_insufficient(grade, count(rows(values)), numbers)
