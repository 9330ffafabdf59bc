"""Tables that leave the force: nobody who holds every sum works out a number of one to four people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.equality.readers import Sum
from reporting.equality.small import FEWEST, kept_back, small
from reporting.equality.sums import SHARE, Kept, counted_once, kept_of_sums, sums_of, totalled

MODEST = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)  # fmt: skip
ROWS, COLUMNS = {"all": ("a", "b", "c")}, {"all": ("x", "y", "z")}
Bounds = dict[Any, tuple[int, int]]


class Reader:
    """Somebody with every table and a pencil. He knows what is printed, what each mark means, and every sum."""

    def __init__(
        self, counts: Mapping[Any, int], sums: Iterable[Sum], kept: Kept, unprinted: Iterable[Any] = ()
    ) -> None:
        self.rows = [(row.total, row.parts) for row in sums]
        far = 2 * sum(counts.values()) + 40  # no bound that ever binds
        never = set(unprinted)
        self.knows: Bounds = {}
        for key, count in counts.items():
            if key in never:
                self.knows[key] = (0, far)
            elif key in kept.few:
                self.knows[key] = (1, FEWEST - 1)
            elif key in kept.away:  # where he is told which are few, he takes the others for five or more
                self.knows[key] = (FEWEST if kept.few and not small(count) else 1, far)
            else:
                self.knows[key] = (count, count)

    def can_be(self, key: Any, value: int) -> bool:
        """Whether there is one table of whole numbers that fits. He tries them all."""
        return self.fits({**self.knows, key: (value, value)})

    def fits(self, bounds: Bounds | None) -> bool:
        bounds = self.narrowed(bounds)
        if bounds is None:
            return False
        open_ones = [key for key, (least, most) in bounds.items() if least < most]
        if not open_ones:
            return True
        key = min(open_ones, key=lambda one: bounds[one][1] - bounds[one][0])
        least, most = bounds[key]
        return any(self.fits({**bounds, key: (value, value)}) for value in range(least, most + 1))

    def narrowed(self, bounds: Bounds | None) -> Bounds | None:
        """What each sum says of each of its numbers, until it says no more. None where they contradict each other."""
        found = dict(bounds or {})
        again = True
        while again:
            again = False
            for total, parts in self.rows:
                for key, span in self.said_by(found, total, parts):
                    least, most = max(found[key][0], span[0]), min(found[key][1], span[1])
                    if least > most:
                        return None
                    again = again or (least, most) != found[key]
                    found[key] = (least, most)
        return found

    def said_by(self, found: Bounds, total: Any, parts: tuple[Any, ...]) -> Iterable[tuple[Any, tuple[int, int]]]:
        least, most = sum(found[part][0] for part in parts), sum(found[part][1] for part in parts)
        yield total, (least, most)
        for part in parts:
            low, high = found[part]
            yield part, (found[total][0] - (most - high), found[total][1] - (least - low))


def safe(counts: Mapping[Any, int], sums: list[Sum], unprinted: Iterable[Any] = ()) -> Kept:
    """What is kept back of these, after a reader has tried everything on every small number."""
    kept = kept_of_sums(counts, sums, unprinted)
    reader = Reader(counts, sums, kept, unprinted)
    never = set(unprinted)
    for key, count in counts.items():
        if not small(count):
            continue
        assert key in kept or key in never, (key, counts)
        guesses = range(1, FEWEST) if key in kept.few else range(count + FEWEST)
        possible = [guess for guess in guesses if reader.can_be(key, guess)]
        assert possible and possible[-1] - possible[0] >= FEWEST - 2, (key, possible, counts, kept)
    return kept


def table(*rows: tuple[int, ...]) -> tuple[dict[Any, int], list[Sum]]:
    names = ({"all": "abcdef"[: len(rows)]}, {"all": "uvwxyz"[: len(rows[0])]})
    leaves = {(names[0]["all"][r], names[1]["all"][c]): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    counts = totalled(leaves, *names)
    return counts, sums_of(counts, *names)


NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(5, 60))


def test_a_table_without_small_numbers_is_printed_whole() -> None:
    kept = kept_of_sums(*table((10, 20), (0, 40)))
    assert not kept.few and not kept.away


def test_one_small_number_of_a_table_takes_three_others_with_it_and_no_margin() -> None:
    counts, sums = table((3, 20, 30), (40, 50, 60), (70, 80, 90))
    kept = safe(counts, sums)
    assert kept.few == {("a", "u")}
    assert kept.away == {("a", "v"), ("b", "u"), ("b", "v")}


def test_what_is_safe_in_its_row_is_not_safe_in_its_columns() -> None:
    """`kept_back` looks at one column of numbers. What it hides in a row, the columns of the table give back."""
    counts, sums = table((2, 30, 9, 41), (25, 31, 42, 43), (8, 35, 44, 45), (26, 36, 46, 47))
    row = {key: count for key, count in counts.items() if key[0] == "a" and key[1] != "all"}
    assert kept_back(row) == {("a", "u"), ("a", "w")}
    reader = Reader(counts, sums, Kept(frozenset({("a", "u")}), frozenset({("a", "w")})))
    assert [guess for guess in range(1, FEWEST) if reader.can_be(("a", "u"), guess)] == [2]
    assert len(safe(counts, sums).away) >= 3


def test_fewer_than_five_in_all_says_nothing_of_its_parts() -> None:
    """Four parts of one each, said to be few, of a total said to be few: everybody would know all five numbers."""
    counts = {"all": 4, "a": 1, "b": 1, "c": 1, "d": 1, "e": 0}
    kept = safe(counts, [Sum("all", ("a", "b", "c", "d", "e"))])
    assert not kept.few
    assert kept.away == {"all", "a", "b", "c", "d"}


def test_a_total_shown_in_two_tables_does_not_join_them_into_an_answer() -> None:
    """By risk and by relationship of the same month: the month hidden in one is not printed in the other."""
    counts = {"month": 14, "high": 3, "medium": 11, "partner": 9, "family": 5}
    sums = [Sum("month", ("high", "medium")), Sum("month", ("partner", "family"))]
    kept = safe(counts, sums)
    assert "high" in kept.few and "medium" in kept.away


def test_all_but_a_few_is_a_few() -> None:
    """Seventeen of twenty prints the three that are left: one of both is not shown."""
    leaves = {("north", "part"): 17, ("north", "rest"): 3, ("south", "part"): 40, ("south", "rest"): 60}
    ways = ({"force": ("north", "south")}, SHARE)
    counts = totalled(leaves, *ways)
    rests = [key for key in counts if key[1] == "rest"]
    kept = safe(counts, sums_of(counts, *ways), rests)
    assert not kept.few
    assert ("north", "part") in kept or ("north", "whole") in kept
    assert not any(key in kept for key in rests), "what is printed nowhere is not marked anywhere"


def test_a_sum_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="add up to 7"):
        kept_of_sums({"all": 8, "a": 3, "b": 4}, [Sum("all", ("a", "b"))])


def test_numbers_that_add_up_to_nothing_printed_hide_themselves_alone() -> None:
    kept = safe({"a": 2, "b": 30}, [])
    assert (kept.few, kept.away) == (frozenset("a"), frozenset())


@MODEST
@given(st.lists(NUMBERS, min_size=2, max_size=6))
def test_a_column_and_its_sum_give_nothing_away(column: list[int]) -> None:
    counts = {"all": sum(column), **{str(place): count for place, count in enumerate(column)}}
    safe(counts, [Sum("all", tuple(key for key in counts if key != "all"))])


@MODEST
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=3))
def test_rows_by_columns_with_their_margins_give_nothing_away(rows: list[tuple[int, int, int]]) -> None:
    safe(*table(*rows))


@MODEST
@given(st.lists(NUMBERS, min_size=10, max_size=10))
def test_months_by_a_force_its_divisions_and_teams_give_nothing_away(numbers: list[int]) -> None:
    teams = ("north-a", "north-b", "south-a", "south-b", "south-c")
    ways = ({"year": ("jan", "feb")}, {"force": ("north", "south"), "north": teams[:2], "south": teams[2:]})
    leaves = dict(zip(((month, team) for month in ("jan", "feb") for team in teams), numbers, strict=True))
    counts = totalled(leaves, *ways)
    safe(counts, sums_of(counts, *ways))


@MODEST
@given(st.lists(NUMBERS, min_size=8, max_size=8))
def test_two_tables_of_the_same_months_give_nothing_away_together(numbers: list[int]) -> None:
    """Months by two groups; the months are divided a second time in another table, as it happens to fall."""
    first = totalled(dict(zip((("jan", "f"), ("jan", "m"), ("feb", "f"), ("feb", "m")), numbers, strict=False)),
                     {"year": ("jan", "feb")}, {"all": ("f", "m")})  # fmt: skip
    counts = dict(first)
    sums = sums_of(first, {"year": ("jan", "feb")}, {"all": ("f", "m")})
    for month, cut in (("jan", numbers[4]), ("feb", numbers[5])):
        whole = counts[month, "all"]
        counts[month, "high"], counts[month, "other"] = min(cut, whole), whole - min(cut, whole)
    for risk in ("high", "other"):
        counts["year", risk] = counts["jan", risk] + counts["feb", risk]
    safe(counts, list(dict.fromkeys(sums + sums_of(counts, {"year": ("jan", "feb")}, {"all": ("high", "other")}))))


@MODEST
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=3))
def test_shares_of_wholes_by_unit_give_away_neither_part_nor_rest(pairs: list[tuple[int, int]]) -> None:
    ways = ({"force": ("n", "s", "w")}, SHARE)
    leaves = {
        (unit, kind): pair[kind == "rest"] for unit, pair in zip("nsw", pairs, strict=True) for kind in ("part", "rest")
    }
    counts = totalled(leaves, *ways)
    safe(counts, sums_of(counts, *ways), [key for key in counts if key[1] == "rest"])


@MODEST
@given(st.lists(NUMBERS, min_size=2, max_size=4), st.integers(0, 9))
def test_people_who_stand_in_several_months_are_not_worked_out_either(parts: list[int], again: int) -> None:
    counts: dict[Any, int] = {
        "year": max(max(parts), sum(parts) - again),
        **{f"m{n}": part for n, part in enumerate(parts)},
    }
    once = counted_once(counts, "year", [key for key in counts if key != "year"])
    safe({**counts, **once.counts}, list(once.sums), once.unprinted)


def test_parts_that_make_less_than_their_people_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        counted_once({"year": 9, "a": 3, "b": 4}, "year", ("a", "b"))


def test_a_number_leaves_as_it_is_or_says_why_not() -> None:
    kept = Kept(frozenset("a"), frozenset("b"))
    assert [kept.said(key, count) for key, count in (("a", 3), ("b", 7), ("c", 1020))] == [
        "fewer than 5",
        "not shown",
        "1,020",
    ]


def test_four_years_of_months_by_ten_units_are_done_while_somebody_waits() -> None:
    """No timed assertion: that it ends at all, hides each small number, and leaves most of the table to read."""
    months, units = [f"m{n:02}" for n in range(48)], [f"u{n}" for n in range(10)]
    places = [(row, column) for row in range(48) for column in range(10)]
    leaves = {(months[r], units[c]): 3 if (7 * r + 3 * c) % 29 == 0 else 12 + r * c % 17 for r, c in places}
    ways = ({"all": months}, {"force": units})
    counts = totalled(leaves, *ways)
    kept = kept_of_sums(counts, sums_of(counts, *ways))
    few = sum(small(count) for count in counts.values())
    assert len(kept.few) == few and len(kept.away) <= 3 * few
    assert ("all", "force") not in kept
