"""Small numbers kept back within one answer, from everybody: a measure that is `private` (police suspects, what people answered).

What is kept back so that months, groups, a number and what is left of its whole give nothing away together is worked out by
`reporting.equality.sums`, as for a table that leaves the force.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from reporting.equality.sums import SHARE, Kept, kept_of_sums, sums_of, totalled

if TYPE_CHECKING:
    from reporting.measures.reckon import Key, Value

FEW, NOT_SHOWN = gettext_noop("fewer than 5"), gettext_noop("not shown")
WHOLE, PART, REST = "whole", "part", "rest"  # the names of SHARE
EVERY = ("every group",)
Found = Mapping[tuple[Any, Any], Any]


def kept_back(found: Mapping[Key, Value]) -> dict[Key, Value]:
    """The figures of one part with the small ones hidden; a reader who subtracts finds none of them. Each row counts once."""
    if not found:
        return {}
    of_a_whole = any(value.whole is not None for value in found.values())
    ways = ways_of(found, shares=of_a_whole)
    leaves = {at(key, which, ways): number for key, value in leaf_values(found) for which, number in numbers(value)}
    counts = totalled(leaves, *ways.values())
    kept = kept_of_sums(counts, sums_of(counts, *ways.values()))
    return {key: hidden(value, key, ways, kept) for key, value in found.items()}


def ways_of(found: Found, *, shares: bool) -> dict[str, Mapping[Hashable, tuple[Hashable, ...]]]:
    """How the figures are divided: by month, by group, into those that were and those that were not. What is one has no way."""
    months = tuple(sorted({month for month, _ in found if month}))
    groups = tuple(dict.fromkeys(group for _, group in found))
    ways: dict[str, Mapping[Hashable, tuple[Hashable, ...]]] = {}
    if months:
        ways["month"] = {None: months}
    if groups != (WHOLE_GROUP,):
        ways["group"] = {EVERY: groups}
    if shares or not ways:
        ways["share"] = {name: tuple(parts) for name, parts in SHARE.items()}
    return ways


WHOLE_GROUP = ""


def leaf_values(found: Mapping[Key, Value]) -> list[tuple[Key, Value]]:
    """The smallest figures: the months where there are any, else those of the window."""
    monthly = any(month for month, _ in found)
    return [(key, value) for key, value in found.items() if bool(key[0]) == monthly]


def numbers(value: Value) -> list[tuple[str, int]]:
    return [(PART, value.some), (REST, 0 if value.whole is None else value.whole - value.some)]


def at(key: Key, which: str, ways: Mapping[str, Any]) -> tuple[Hashable, ...]:
    """Where a number stands in the table."""
    month, group = key
    said = {"month": month, "group": group, "share": which}
    return tuple(said[name] for name in ways)


def hidden(value: Value, key: Key, ways: Mapping[str, Any], kept: Kept) -> Value:
    """The figure, or what is said in its place."""
    part, rest, whole = (at(key, which, ways) for which in (PART, REST, WHOLE))
    if "share" not in ways:
        return replace(value, some=0, lacking=said(part, kept)) if part in kept else value
    if whole in kept:
        return replace(value, some=0, whole=None if value.whole is None else 0, lacking=said(whole, kept))
    if part in kept or rest in kept:
        return replace(value, some=0, lacking=said(part, kept))
    return value


def said(key: Hashable, kept: Kept) -> str:
    return FEW if key in kept.few else NOT_SHOWN
