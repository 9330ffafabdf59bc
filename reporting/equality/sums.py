"""Small numbers kept back in tables whose numbers add up: months by units, parts of parts, one total that two tables show.

`kept_back` (small.py) is enough for one column whose sum is printed. Here a number may stand in several sums, and what one
hides another may give away: a reader has every sum of every table in hand (recording_and_clocks C.1: one to four are
hidden outside the force, and a second number where they could be worked out).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.translation import gettext as _

from reporting.equality.readers import Readers, Sum
from reporting.equality.small import FEWEST, small

Key = tuple[Hashable, ...]
#: Of one way of dividing: each thing that has parts, and its parts. {"force": ("north", "south"), "north": ("north-a", "north-b")}
Parts = Mapping[Hashable, Iterable[Hashable]]
#: The rest of a share: whoever prints 12 of 15 prints the 3 that are left.
SHARE: Parts = {"whole": ("part", "rest")}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not printed. `few` may be said to be fewer than five; of `away` nothing is said but that it is not shown."""

    few: frozenset[Any]
    away: frozenset[Any]

    def __contains__(self, key: object) -> bool:
        return key in self.few or key in self.away

    def said(self, key: object, count: int) -> str:
        """The number as it leaves the force."""
        if key in self.few:
            return _("fewer than %(fewest)s") % {"fewest": FEWEST}
        return _("not shown") if key in self.away else f"{count:,}"


@dataclass(frozen=True, slots=True)
class Once:
    """What is given to `kept_of_sums` beside the printed numbers: `counts` that stand nowhere, and the sums they stand in."""

    counts: dict[Any, int]
    sums: tuple[Sum, ...]
    unprinted: tuple[Any, ...]


def kept_of_sums(counts: Mapping[Any, int], sums: Iterable[Sum], unprinted: Iterable[Any] = ()) -> Kept:
    """Which numbers of tables that hang together are kept back, so that no reader can work out one to four people.

    `counts`: every number by its key, totals among them (people or events, none below nought). `sums`: which add up to
    which, over all tables that the same reader holds. `unprinted`: numbers that are printed nowhere and yet stand in a
    sum. A small number that is said to be few may still be any of one to four; another may still be any of at least four
    numbers. Noughts are printed. What is few is not said to be few where its own parts are few: four parts of one to four
    that make fewer than five are each one. Raises ValueError for a sum that does not add up.
    """
    rows, never = tuple(sums), frozenset(unprinted)
    refuse_wrong(counts, rows)
    few = frozenset(key for key, count in counts.items() if small(count)) - never - under_small_totals(counts, rows)
    for said in (few, None):  # None: nobody is told which of the hidden numbers are the small ones
        readers = Readers(counts, rows, said, never)
        if readers.kept_guessing():
            break
    return Kept(said or frozenset(), frozenset(readers.hidden) - never - (said or frozenset()))


def counted_once(counts: Mapping[Any, int], total: Hashable, parts: Iterable[Hashable]) -> Once:
    """For a total of different people of whom some stand in several parts (the victims of a year, by month).

    Parts then make more than the total; what is over is nobody's to print and nobody's to work out. Raises ValueError where
    they make less: then something is missing.
    """
    names = tuple(parts)
    together = sum(counts[part] for part in names)
    if together < counts[total]:
        raise ValueError(f"{total!r} is {counts[total]}, its parts make {together} at most")
    all_of_them, again = ("all of", total, names), ("again in", total, names)
    sums = (Sum(all_of_them, names), Sum(all_of_them, (total, again)))
    return Once({all_of_them: together, again: together - counts[total]}, sums, (all_of_them, again))


def refuse_wrong(counts: Mapping[Any, int], sums: Iterable[Sum]) -> None:
    if any(count < 0 for count in counts.values()):
        raise ValueError("A number of people is never below nought")
    for row in sums:
        parts = sum(counts[part] for part in row.parts)
        if counts[row.total] != parts:
            raise ValueError(f"{row.total!r} is {counts[row.total]}, its parts add up to {parts}")


def under_small_totals(counts: Mapping[Any, int], sums: Iterable[Sum]) -> frozenset[Any]:
    """What stands in a sum of fewer than five."""
    return frozenset(key for row in sums if small(counts[row.total]) for key in (row.total, *row.parts))


def totalled(leaves: Mapping[Key, int], *ways: Parts) -> dict[Key, int]:
    """Every number of a table from its smallest: `leaves` by (one of each way), and the total of whatever has parts.

    `totalled({("jan", "north"): 3, ...}, {"year": MONTHS}, {"force": ("north", "south")})` holds ("year", "force") too.
    A leaf that is not said is nought.
    """
    under = [{node: leaves_of(node, way) for node in nodes_of(way)} for way in ways]
    return {
        key: sum(
            leaves.get(leaf, 0) for leaf in product(*(names[node] for names, node in zip(under, key, strict=True)))
        )
        for key in product(*under)
    }


def nodes_of(way: Parts) -> list[Hashable]:
    return list(dict.fromkeys(name for whole, parts in way.items() for name in (whole, *parts)))


def leaves_of(node: Hashable, way: Parts) -> list[Hashable]:
    return [leaf for part in way[node] for leaf in leaves_of(part, way)] if node in way else [node]


def sums_of(keys: Iterable[Key], *ways: Parts) -> list[Sum]:
    """Every sum that a reader of these keys can make: along each way, the whole and its parts where all of them are there."""
    there = dict.fromkeys(keys)
    found: list[Sum] = []
    for key in there:
        for place, way in enumerate(ways):
            parts = tuple((*key[:place], part, *key[place + 1 :]) for part in way.get(key[place], ()))
            if parts and all(part in there for part in parts):
                found.append(Sum(key, parts))
    return found
