"""The table of short names: that it can be loaded, and says the same both ways."""

from __future__ import annotations

import re

from people.models.nickname import SHORT, SPELLING, TONGUE, is_short_for, reading, rows, stands_for


def test_every_row_is_plain_letters_and_says_how() -> None:
    for row in rows():
        assert row.how in (SHORT, SPELLING, TONGUE), row
        assert row.others and row.name not in row.others, row
        assert len(set(row.others)) == len(row.others), row
        assert all(re.fullmatch("[a-z]+", name) for name in (row.name, *row.others)), row


def test_no_name_has_two_rows_of_one_kind() -> None:
    kinds = [(row.name, row.how) for row in rows()]
    assert len(set(kinds)) == len(kinds)


def test_whoever_stands_for_another_is_stood_for_by_them() -> None:
    for row in rows():
        for name in (row.name, *row.others):
            assert all(name in stands_for(other) or reading(other, name) for other in stands_for(name)), name


def test_a_name_has_several_readings() -> None:
    assert {"gareth", "garfield"} <= set(stands_for("gary"))
    assert {"alexander", "alexandra", "sandra"} <= set(stands_for("sandy"))
    assert is_short_for("gary", "gareth") and not is_short_for("gareth", "gary")


def test_a_name_of_nobody_stands_for_none() -> None:
    assert stands_for("quillfeather") == stands_for("") == []
    assert reading("quillfeather", "gary") is None
