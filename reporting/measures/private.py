"""Small numbers kept back within one answer, from everybody: a measure that is `private` (police suspects, what people answered).

What is kept back so that months or groups, a number and what is left of its whole give nothing away together is worked out by
`reporting.equality.sums`, as for a table that leaves the force. Such a measure is never by month and by group at once, and the
figure of its whole window is the same in every answer: so what one answer hides no other gives back.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from reporting.equality.sums import SHARE, Kept, Key, Parts, kept_of_sums, sums_of, totalled

if TYPE_CHECKING:
    from reporting.measures import reckon

FEW, NOT_SHOWN = gettext_noop("fewer than 5"), gettext_noop("not shown")
WHOLE, PART, REST = "whole", "part", "rest"  # the names of SHARE
ALL = ("all of them",)  # what months or groups add up to

Found = Mapping["reckon.Key", "reckon.Value"]


def kept_back(found: Found) -> dict[reckon.Key, reckon.Value]:
    """The figures of one part with the small ones hidden; a reader who subtracts finds none of them. Each row counts once."""
    lines = {key: value for key, value in found.items() if key not in whole_of(found)}
    if not lines:
        return {key: hidden(value, (), kept_of((), {(): value})) for key, value in found.items()}
    top = {(): added(lines)}
    kept_top, kept = kept_of((), top), kept_of(tuple(lines), lines)
    if any(((ALL, which) in kept) != ((which,) in kept_top) for which in (WHOLE, PART, REST)):
        shown = {key: replace(value, some=0, whole=none_of(value), lacking=NOT_SHOWN) for key, value in lines.items()}
    else:
        shown = {key: hidden(value, (key,), kept) for key, value in lines.items()}
    return shown | {key: hidden(value, (), kept_top) for key, value in found.items() if key not in lines}


def whole_of(found: Found) -> set[reckon.Key]:
    """What months add up to, where there are months; the figure of one group that is everything."""
    return {(month, group) for month, group in found if month is None and (group == "" or any(key[0] for key in found))}


def added(lines: Found) -> reckon.Value:
    """Everything together, as it stands in the answer that is not divided."""
    values = list(lines.values())
    whole = None if values[0].whole is None else sum(value.whole or 0 for value in values)
    return replace(values[0], some=sum(value.some for value in values), whole=whole)


def kept_of(names: tuple[Hashable, ...], values: Mapping[Any, reckon.Value]) -> Kept:
    """What is kept back of a table: of each line the number, what is left, and its whole; and of all lines together."""
    way: Parts = {ALL: names}
    if not names:
        leaves: dict[Key, int] = {(which,): number for which, number in numbers(values[()])}
        counts = totalled(leaves, SHARE)
        return kept_of_sums(counts, sums_of(counts, SHARE))
    leaves = {(name, which): number for name in names for which, number in numbers(values[name])}
    counts = totalled(leaves, way, SHARE)
    return kept_of_sums(counts, sums_of(counts, way, SHARE))


def numbers(value: reckon.Value) -> list[tuple[str, int]]:
    return [(PART, value.some), (REST, 0 if value.whole is None else value.whole - value.some)]


def none_of(value: reckon.Value) -> int | None:
    return None if value.whole is None else 0


def hidden(value: reckon.Value, at: Key, kept: Kept) -> reckon.Value:
    """The figure, or what is said in its place."""
    part, rest, whole = ((*at, which) for which in (PART, REST, WHOLE))
    if whole in kept:
        return replace(value, some=0, whole=none_of(value), lacking=said(whole, kept))
    if part in kept or rest in kept:
        return replace(value, some=0, lacking=said(part, kept))
    return value


def said(key: Hashable, kept: Kept) -> str:
    return FEW if key in kept.few else NOT_SHOWN
