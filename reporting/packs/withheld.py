"""From numbers to the words that are kept. Where a pack may leave the force, one to four are kept back in all its tables at
once, with whatever a reader of every table could work them out by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reporting.equality.readers import Sum
from reporting.equality.sums import Kept, kept_of_sums
from reporting.measures.reckon import Value
from reporting.packs.declare import Frozen, Key, Row, Told

NOTHING_KEPT = Kept(frozenset(), frozenset())
NOT_SHOWN = "not shown"


def frozen(told: Sequence[Told], *, suppressed: bool) -> list[Frozen]:
    """Every block as it is kept. Raises ValueError where numbers that should add up do not."""
    kept = kept_of(told) if suppressed else NOTHING_KEPT
    return [words_of(one, kept, suppressed=suppressed) for one in told]


def kept_of(told: Iterable[Told]) -> Kept:
    """What is kept back of all blocks together."""
    counts, sums = in_hand(told)
    return kept_of_sums(counts, sums)


def in_hand(told: Iterable[Told]) -> tuple[dict[Key, int], list[Sum]]:
    """Every number of these blocks and every sum that a reader can make of them. What is left of a whole by its part is a number
    that he has, printed or not. Raises ValueError where one key has two numbers.
    """
    counts: dict[Key, int] = {}
    sums: dict[tuple[Any, ...], Sum] = {}
    for one in told:
        refuse_two_numbers(counts, one.counts)
        counts |= one.counts
        sums |= {(each.total, each.parts): each for each in one.sums}
        for row in rows_of(one):
            if row.whole is None or row.some not in counts or row.whole not in counts:
                continue
            if counts[row.some] <= counts[row.whole]:
                rest = ("rest of", row.whole, row.some)
                counts[rest] = counts[row.whole] - counts[row.some]
                sums[(row.whole, row.some)] = Sum(row.whole, (row.some, rest))
    return counts, list(sums.values())


def refuse_two_numbers(counts: Mapping[Key, int], more: Mapping[Key, int]) -> None:
    """What two blocks call by one key is one number, or what hides it in one would not hide it in the other."""
    if wrong := [key for key in counts.keys() & more.keys() if counts[key] != more[key]]:
        raise ValueError(f"{wrong[0]!r} is two numbers")


def rows_of(told: Told) -> list[Row]:
    return [row for _, _, rows in told.tables for row in rows]


def words_of(told: Told, kept: Kept, *, suppressed: bool) -> Frozen:
    if suppressed and (told.headline or any(row.beside for row in rows_of(told))):
        raise ValueError(f"{told.title} says numbers in words, which cannot be kept back")
    tables = [
        table(
            caption,
            heads,
            [padded(line(row, told, kept), len(heads) - len(row.beside)) + [*row.beside] for row in rows],
        )
        for caption, heads, rows in told.tables
    ]
    tables += [table(caption, heads, [list(row) for row in rows]) for caption, heads, rows in told.said]
    return {
        "title": told.title, "lead": told.lead, "headline": told.headline, "tables": tables, "paragraphs": told.paragraphs,
        "owned": told.owned, "definition": [list(pair) for pair in told.definition], "chart": {} if suppressed else told.chart,
    }  # fmt: skip


def table(caption: str, heads: Sequence[str], rows: list[list[str]]) -> Frozen:
    return {"caption": caption, "heads": list(heads), "rows": rows}


def padded(cells: list[str], wide: int) -> list[str]:
    return cells + [""] * (wide - len(cells))


def line(row: Row, told: Told, kept: Kept) -> list[str]:
    """Label, number; of a rate the whole and the rate too. A rate is said where both its numbers are."""
    if row.some in told.lacking:
        return [row.label, told.lacking[row.some]]
    some = kept.said(row.some, told.counts[row.some])
    if row.whole is None:
        return [row.label, some]
    value = Value(told.counts[row.some], told.counts[row.whole], row.per)
    hidden = row.some in kept or row.whole in kept
    return [row.label, some, kept.said(row.whole, told.counts[row.whole]), NOT_SHOWN if hidden else value.shown]
