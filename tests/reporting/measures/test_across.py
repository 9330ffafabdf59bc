"""Two ways at once: every cell is what somebody would count by hand, and nobody undoes what is kept back by subtraction."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from people.models.ethnicity import EIGHTEEN
from reporting.answers.people import OPENED, fewer_of_who, risks, who
from reporting.equality.sums import Kept
from reporting.measures.across import Across, across, kept, tied
from reporting.measures.facts import CRIMES, OWED, REPORTS, VICTIMS
from reporting.measures.reckon import NotOffered, Window
from tests.reporting.measures import oracle
from tests.reporting.measures.generated import FORCE, NOW, Told, plant
from tests.reporting.measures.said import FORCE_THAT_SAYS, TellsWho, plant_with_answers
from tests.reporting.measures.test_figures import WINDOWS, window_of
from tests.reporting.test_small_tables import Reader, safe

PLAIN = settings(
    max_examples=20, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
Cells = Counter[tuple[str, str]]


def counted_by_hand(told: TellsWho, window: oracle.Window) -> dict[str, Cells]:
    """Each report; each crime that is counted, in the window of the crime; each person once, by their last report."""
    reports = [(one, said) for one, said in told if one.counts and window.holds(one.reported, one)]
    people = {one.harmed: said for one, said in reports if one.harmed is not None}
    crimes = [said for one, said in told for crime in one.recorded if window.holds(crime["at"], one)]
    return {
        REPORTS.label: Counter(said for _, said in reports), CRIMES.label: Counter(crimes), VICTIMS.label: Counter(people.values()),
    }  # fmt: skip


def filled(table: Across) -> Cells:
    return Counter({cell: number for cell, number in table.cells.items() if number})


@pytest.mark.django_db
@pytest.mark.requirement("S3-061")
@PLAIN
@given(drawn=FORCE_THAT_SAYS, back=WINDOWS)
def test_reports_crimes_and_people_by_ethnicity_and_gender_are_what_is_counted_by_hand(
    drawn: Any, back: tuple[int, int], nr3: Unit, nr4: Unit, sr1: Unit, northgate: Unit, ellen: User
) -> None:
    window = window_of(back)
    with transaction.atomic():
        told = plant_with_answers(drawn, [nr3, nr4, sr1], ellen)
        for unit, units in ((None, None), (northgate, {0, 1}), (sr1, {2})):
            by_hand = counted_by_hand(told, oracle.Window(window.begins, window.ends, units))
            for table in who(window, unit):
                assert filled(table) == by_hand[table.counted.label], (table.counted.label, unit)
                assert table.total == sum(table.of_row(row) for row, _ in table.rows)
                assert table.total == sum(table.of_column(column) for column, _ in table.columns)
        transaction.set_rollback(True)


def moved(told: Told) -> tuple[str, str, str]:
    """The first grade, the grade now, the highest ever; "" of a case without one."""
    ranks = ("standard", "medium", "high")
    if told.said["dash"] is None:
        return "", "", ""
    every = [told.said["grade"], *([told.said["later"]] if told.said["later"] else [])]
    return every[0], every[-1], max(every, key=ranks.index)


@pytest.mark.django_db
@pytest.mark.requirement("S3-067")
@PLAIN
@given(drawn=FORCE, back=WINDOWS)
def test_cases_by_first_present_and_highest_grade_are_what_is_counted_by_hand(
    drawn: list[dict[str, Any]], back: tuple[int, int], nr3: Unit, nr4: Unit, sr1: Unit, ellen: User
) -> None:
    window = window_of(back)
    with transaction.atomic():
        told = plant(drawn, [nr3, nr4, sr1], ellen)
        for unit, units in ((None, None), (sr1, {2})):
            by_hand = oracle.Window(window.begins, window.ends, units)
            cases = [moved(one) for one in told if by_hand.holds(one.reported, one)]
            now, peak = risks(window, unit)
            assert filled(now) == Counter((first, last) for first, last, _ in cases)
            assert filled(peak) == Counter((first, most) for first, _, most in cases)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_every_code_of_the_eighteen_has_a_row_and_what_is_not_known_has_one_too(nr3: Unit) -> None:
    table = across(REPORTS, Window(NOW.date(), NOW.date()), None, "ethnicity", "gender")
    rows = [row for row, _ in table.rows]
    assert set(dict(EIGHTEEN)) | {"", "declined", "not_asked"} <= set(rows) and table.total == 0
    assert len({label for _, label in table.rows}) == len(rows)  # no two groups are called the same
    assert len({label for _, label in table.columns}) == len(table.columns)


@pytest.mark.django_db
def test_one_statement_answers_however_many_groups_there_are(nr3: Unit) -> None:
    with CaptureQueriesContext(connection) as queries:
        across(VICTIMS, Window(NOW.date(), NOW.date()), nr3, "ethnicity", "age")
    assert len(queries) == 1


@pytest.mark.parametrize(("down", "along"), [("", "gender"), ("gender", ""), ("gender", "gender"), ("gender", "what")])
def test_what_cannot_be_counted_two_ways_is_refused_in_a_sentence(down: str, along: str) -> None:
    with pytest.raises(NotOffered, match="two ways"):
        across(REPORTS, Window(NOW.date(), NOW.date()), None, down, along)
    with pytest.raises(NotOffered):
        across(OWED, Window(NOW.date(), NOW.date()), None, "gender", "ethnicity")


# --- as it leaves the force ---
NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(5, 60))
MODEST = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def table_of(counted: Any, numbers: list[int], by: tuple[str, str] = ("ethnicity", "gender")) -> Across:
    rows, columns = [("A", "Asian"), ("B", "Black")], [("F", "Female"), ("M", "Male")]
    cells = {
        (row, column): numbers[2 * r + c] for r, (row, _) in enumerate(rows) for c, (column, _) in enumerate(columns)
    }
    return Across(counted, by, rows, columns, cells)


@MODEST
@given(st.lists(NUMBERS, min_size=4, max_size=4))
def test_nobody_works_out_a_small_number_of_a_table_from_its_sums(numbers: list[int]) -> None:
    safe(*tied([table_of(REPORTS, numbers)]))


@MODEST
@given(st.lists(st.tuples(NUMBERS, st.integers(0, 3)), min_size=4, max_size=4))
def test_nobody_works_out_people_from_their_reports(drawn: list[tuple[int, int]]) -> None:
    people = table_of(VICTIMS, [number for number, _ in drawn])
    reports = table_of(REPORTS, [number + more if number else 0 for number, more in drawn])
    safe(*tied([reports, people], [(people, reports)]))


def test_that_people_are_no_more_than_their_reports_would_give_one_away() -> None:
    """Five reports of Asian men; their people hidden because three Asian women are. Nobody is more often harmed than reported."""
    people = table_of(VICTIMS, [3, 5, 40, 50])
    reports = table_of(REPORTS, [9, 5, 40, 50])
    alone = kept([people])
    told = tied([reports, people], [(people, reports)])
    reader = Reader(*told[:2], Kept(alone.few, alone.away), told[2])
    three = people.key(("A",), ("F",))
    assert [guess for guess in range(1, 5) if reader.can_be(three, guess)] != [1, 2, 3, 4]
    safe(*told)


def test_tables_of_one_thing_share_their_sums() -> None:
    """First grade by grade now, and by the highest: who was first graded high is one number, hidden in both or in none."""
    one = table_of(OPENED, [3, 20, 30, 40], ("first", "risk"))
    other = table_of(OPENED, [12, 11, 35, 35], ("first", "peak"))
    counts, _, _ = tied([one, other])
    assert one.key(("A",)) == other.key(("A",)) and one.key() == other.key()
    assert len(counts) == 2 * (4 + 2) + 2 + 1
    safe(*tied([one, other]))


def test_a_table_that_contradicts_another_is_refused() -> None:
    people, reports = table_of(VICTIMS, [3, 5, 40, 51]), table_of(REPORTS, [9, 5, 40, 50])
    with pytest.raises(ValueError, match="never below nought"):
        kept([reports, people], [(people, reports)])


def test_outside_ethnicity_is_said_in_five_groups_and_whoever_did_not_say_in_one() -> None:
    rows = [("W1", ""), ("W9", ""), ("A4", ""), ("O2", ""), ("declined", ""), ("", "")]
    columns = [("F", ""), ("X", ""), ("", "")]
    cells = {(row, column): 10 for row, _ in rows for column, _ in columns}
    reports = Across(REPORTS, ("ethnicity", "gender"), rows, columns, cells)
    (out, _, people), within = fewer_of_who(
        [reports, Across(CRIMES, reports.by, rows, columns, {}), Across(VICTIMS, reports.by, rows, columns, cells)]
    )
    assert [row for row, _ in out.rows] == ["W", "A", "O", ""] and [column for column, _ in out.columns] == ["F", ""]
    assert out.at("W", "F") == 20 and out.at("W", "") == 40 and out.at("", "") == 40 and out.total == reports.total
    assert within == [(people, out)]
