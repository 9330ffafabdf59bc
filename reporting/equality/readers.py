"""What a reader who holds every sum cannot rule out, and what must be hidden so that he cannot.

A small number is safe when the tables could as well be others: the same in all that is printed, and in it one more person
or one fewer. Each such other table is found step by step, one person at a time, so that it is a proof: whatever arithmetic
the reader does, he cannot tell it from the true one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count as numbers
from typing import Any

from reporting.equality.small import FEWEST, small

WIDTH = FEWEST - 2  # of one to four the least is three away from the most
LOOKS = 3000  # so many beginnings of a move are looked at before more is hidden instead
HIDE, HIDE_TOTAL = 3.0, 6.0  # what hiding one more number costs beside one change to what is hidden already
OPEN_SUM = 2.0  # how much further off a move is for each sum that it has not brought right

Move = dict[Any, int]  # {key: +1 or -1}


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is what `parts` add up to. All are keys of the numbers."""

    total: Any
    parts: tuple[Any, ...]


class Readers:
    """The tables as a reader has them. `few`: the keys said to be one to four; None where no reader is told which are."""

    def __init__(
        self, counts: Mapping[Any, int], sums: tuple[Sum, ...], few: frozenset[Any] | None, never: frozenset[Any]
    ) -> None:
        self.counts, self.sums, self.few, self.never = counts, sums, few, never
        self.hidden = {key for key, count in counts.items() if small(count)} | set(never)
        self.place = {key: number for number, key in enumerate(counts)}
        self.stands_in: dict[Any, list[tuple[int, int]]] = {key: [] for key in counts}  # (sum, its sign in it)
        for number, row in enumerate(sums):
            self.stands_in[row.total].append((number, 1))
            for part in row.parts:
                self.stands_in[part].append((number, -1))
        self.totals = {row.total for row in sums}
        self.most_of_all = 1 + max(counts.values(), default=0)

    def kept_guessing(self) -> bool:
        """Hide as much more as it takes. False where all of it is hidden and a number said to be few is still narrower."""
        for key in sorted((key for key in self.counts if small(self.counts[key])), key=self.order):
            while not self.open(key):
                if not self.hide_around(key):
                    if self.few is None:
                        break  # nothing is printed but noughts: there is nothing to take from anything
                    return False
        return True

    def order(self, key: Any) -> tuple[int, int]:
        return self.counts[key], self.place[key]

    def open(self, key: Any) -> bool:
        """Whether the number may be any of four, for all that a reader knows. Hides what that takes, where it is near."""
        count = self.counts[key]
        down = self.reach(key, -1, count - 1)
        up = self.reach(key, 1, WIDTH - (count - 1))
        if down + up < WIDTH and (self.few is None or key not in self.few):
            up = self.reach(key, 1, WIDTH - down)
        return down + up >= WIDTH

    def reach(self, key: Any, step: int, wanted: int) -> int:
        """How many people more (or fewer) it could be: each a move of its own, after the ones before."""
        now: dict[Any, int] = dict(self.counts)
        for done in range(wanted):
            move = self.nearest_move(key, step, now)
            if move is None:
                return done
            self.hidden |= move.keys()
            for other, change in move.items():
                now[other] += change
        return wanted

    def nearest_move(self, key: Any, step: int, now: Mapping[Any, int]) -> Move | None:
        """One person more or fewer here, and elsewhere what brings every sum right again; the one that hides least."""
        if not self.may(key, step, now):
            return None
        turn = numbers()
        begun = self.after({}, key, step)
        queue: list[tuple[float, int, float, Move, dict[int, int]]] = [(0.0, next(turn), 0.0, {key: step}, begun)]
        seen: set[frozenset[tuple[Any, int]]] = set()
        for _ in range(LOOKS):
            if not queue:
                return None
            _far, _turn, cost, move, off = heappop(queue)
            if not off:
                return move
            for other, change in self.answers(off, move, now):
                longer = {**move, other: change}
                same = frozenset(longer.items())
                if same not in seen:
                    seen.add(same)
                    dearer, left = cost + self.cost(other), self.after(off, other, change)
                    far = dearer + OPEN_SUM * sum(abs(amount) for amount in left.values())
                    heappush(queue, (far, next(turn), dearer, longer, left))
        return None

    def answers(self, off: Mapping[int, int], move: Move, now: Mapping[Any, int]) -> Iterator[tuple[Any, int]]:
        """Each change that brings the shortest of the sums that are off one nearer to right."""
        number = min(off, key=lambda one: (len(self.sums[one].parts), one))
        row, amount = self.sums[number], off[number]
        for other in (*row.parts, row.total):
            change = (-1 if amount > 0 else 1) * (1 if other == row.total else -1)
            if other not in move and self.may(other, change, now):
                yield other, change

    def after(self, off: Mapping[int, int], key: Any, change: int) -> dict[int, int]:
        """By how much each sum is off once this number has changed too; those that are right are left out."""
        left = dict(off)
        for number, sign in self.stands_in[key]:
            left[number] = left.get(number, 0) + sign * change
            if not left[number]:
                del left[number]
        return left

    def may(self, key: Any, change: int, now: Mapping[Any, int]) -> bool:
        """Whether a reader who finds it hidden could think so of it. A nought is printed."""
        least, most = self.bounds(key)
        if self.counts[key] == 0 and key not in self.never:
            return False
        value = now[key] + change
        return value >= least and (most is None or value <= most)

    def bounds(self, key: Any) -> tuple[int, int | None]:
        """The least and the most that a reader knows a hidden number may be; None for no most."""
        if key in self.never:
            return 0, None
        if self.few is not None and key in self.few:
            return 1, FEWEST - 1
        return (FEWEST if self.few is not None and not small(self.counts[key]) else 1), None

    def cost(self, key: Any) -> float:
        """One change; more where the number is printed as yet, above all a total; of two like these the smaller number."""
        if key in self.hidden:
            return 1.0
        dear = HIDE_TOTAL if key in self.totals else HIDE
        return 1.0 + dear + self.counts[key] / self.most_of_all

    def hide_around(self, key: Any) -> bool:
        """Hide every number that shares a sum with this one, or else with those; False where nothing is left to hide."""
        reached, ring = {key}, [key]
        while ring:
            near = {other for one in ring for number, _ in self.stands_in[one] for other in self.members(number)}
            more = {other for other in near if self.counts[other]} - self.hidden
            self.hidden |= more
            if more:
                return True
            ring = [other for other in near if other not in reached and self.counts[other]]
            reached |= near
        return False

    def members(self, number: int) -> tuple[Any, ...]:
        return (self.sums[number].total, *self.sums[number].parts)
