"""Small numbers kept back: who is one of four is soon known by name, and a total must not give back what a cell hides."""

from __future__ import annotations

from collections.abc import Mapping

#: The fewest that are printed. One to four are said to be fewer than five; none is printed as none.
FEWEST = 5
Span = tuple[int, int]  # the least and the most that a reader knows a hidden number may be


def small(count: int) -> bool:
    return 0 < count < FEWEST


def kept_back(counts: Mapping[str, int], must: Mapping[str, Span] | None = None) -> frozenset[str]:
    """Which numbers of a column are not printed, when their sum is printed. All of them where nothing less is safe.

    The small ones, or those in `must` with what a reader knows of each; then the next larger ones, until each of these
    may still be any of four numbers, or whatever it could be, for a reader who takes what is printed from the sum and
    knows this rule.
    """
    spans = {key: (1, FEWEST - 1) for key, count in counts.items() if small(count)} if must is None else dict(must)
    more = sorted((key for key, count in counts.items() if count and key not in spans), key=lambda key: counts[key])
    others: list[str] = []
    while spans and not undisclosed(spans, counts, others, counts[more[0]] if more else None):
        if not more:
            return frozenset(counts)
        others.append(more.pop(0))
    return frozenset(spans) | frozenset(others)


def undisclosed(spans: Mapping[str, Span], counts: Mapping[str, int], others: list[str], next_one: int | None) -> bool:
    """Whether each of `spans` stays unknown. The `others` kept back are five or more, and none larger than the next one."""
    together = sum(counts[key] for key in (*spans, *others))
    most = next_one if next_one is not None else together
    all_least = sum(least for least, _ in spans.values()) + FEWEST * len(others)
    all_most = sum(top for _, top in spans.values()) + most * len(others)
    for least, top in spans.values():
        lowest = max(least, together - (all_most - top))
        highest = min(top, together - (all_least - least))
        if highest - lowest < min(FEWEST - 2, top - least):
            return False
    return True
