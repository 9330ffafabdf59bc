"""Which forenames stand for one another: Gary for Gareth, Liz for Elizabeth, Mohammed for Muhammad. Read once from the table
people/data/nicknames.csv, which says in its head where it comes from; no question of the database.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent.parent / "data" / "nicknames.csv"
SHORT, SPELLING, TONGUE = "short", "spelling", "tongue"
#: A name has at most so many readings: whoever is called Al may be many, and all of them are looked for.
MOST_READINGS = 60


class Reading(NamedTuple):
    """How one name stands for another: `how` of the table, and by way of which full name where both are short for it."""

    name: str
    how: str
    both_of: str = ""


class Row(NamedTuple):
    """One row: a name, and what else somebody of that name is called."""

    name: str
    how: str
    others: tuple[str, ...]


@cache
def rows() -> tuple[Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        said = csv.DictReader(line for line in table if not line.startswith("#"))
        return tuple(Row(row["name"], row["how"], tuple(row["others"].split())) for row in said)


@cache
def readings() -> dict[str, dict[str, Reading]]:
    """{name: {other: how the other stands to it}}, both ways; the nearest way where there are several."""
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    for row in rows():
        for other in row.others:
            found[row.name].setdefault(other, Reading(other, row.how))
            found[other].setdefault(row.name, Reading(row.name, row.how))
    for row in rows():  # two by way of the same: Gaz and Gary are both short for Gareth
        for one in row.others:
            for other in row.others:
                if one != other:
                    found[one].setdefault(other, Reading(other, row.how, row.name))
    return dict(found)


@cache
def full_names() -> frozenset[tuple[str, str]]:
    """(full, short) pairs of the table."""
    return frozenset((row.name, other) for row in rows() if row.how == SHORT for other in row.others)


def stands_for(name: str) -> list[str]:
    """The names that a plain one may stand for: full names and other spellings first, then what is short as well."""
    known = readings().get(name, {})
    return [one.name for one in sorted(known.values(), key=lambda one: one.both_of != "")][:MOST_READINGS]


def reading(one: str, other: str) -> Reading | None:
    """How two plain names stand for each other, if they do."""
    return readings().get(one, {}).get(other)


def is_short_for(one: str, other: str) -> bool:
    return (other, one) in full_names()
