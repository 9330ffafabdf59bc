"""M44, THE EQUALITY GAP: how far a group lies from everybody in another measure, how sure that is, how many are not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from math import sqrt
from typing import Any

from people.models.topic import WHY_NOT
from reporting.charts.points import Interval
from reporting.measures.breakdowns import UNKNOWN
from reporting.measures.declare import MEASURES, Counted, Measure, Part
from reporting.measures.reckon import Answer, NotOffered, Question, Value, ask
from reporting.measures.volumes import EQUAL

NO_AGE = -1
NOT_KNOWN = frozenset({UNKNOWN, NO_AGE, *(code for code, _ in WHY_NOT)})
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """One group. `apart`: so many percentage points above everybody (below: negative); None where either has no rate."""

    group: Any
    label: str
    value: Value
    apart: Decimal | None
    sure: Interval | None

    @property
    def by_chance(self) -> bool | None:
        """Whether it may be chance: nought lies within its interval. None where there is none."""
        return None if self.sure is None else self.sure.lower <= 0 <= self.sure.upper


@dataclass(frozen=True, slots=True)
class Gaps:
    """`unknown`: of how many of all the group is not known."""

    whole: Value
    rows: list[Gap]
    unknown: Value


def offered() -> list[Measure]:
    """The measures that may be compared by a group."""
    return [row for row in MEASURES.values() if comparable(row) and groups_by(row)]


def comparable(measure: Measure) -> list[Part]:
    """Its parts that are rates of what we count ourselves."""
    if measure.private:
        return []
    return [part for part in measure.parts if part.per == HUNDRED and isinstance(part.of, Counted)]


def groups_by(measure: Measure) -> list[str]:
    """What it may be compared by (Equality Act 2010), as far as it is broken down by it."""
    return [by for by in EQUAL if by in measure.by]


def gaps(part: Part, question: Question) -> Gaps:
    """The gaps of one part of a measure, broken down by what the question says. Four statements. Raises NotOffered."""
    if part not in comparable(question.measure) or question.by not in groups_by(question.measure):
        raise NotOffered("That cannot be compared between groups. Choose one of those offered.")
    one = replace(question, measure=replace(question.measure, parts=(part,)))
    whole = ask(replace(one, by="", monthly=False)).value(part.code)
    answer = ask(replace(one, monthly=False))
    return Gaps(whole, list(rows_of(answer, part, whole)), unknown_of(answer, part, whole))


def rows_of(answer: Answer, part: Part, whole: Value) -> Iterator[Gap]:
    for group, label in answer.groups:
        value = answer.value(part.code, None, group)
        apart = None if value.rate is None or whole.rate is None else value.rate - whole.rate
        yield Gap(group, label, value, apart, sure_of(value, whole))


def unknown_of(answer: Answer, part: Part, whole: Value) -> Value:
    not_known = [answer.value(part.code, None, group) for group, _ in answer.groups if group in NOT_KNOWN]
    return Value(sum(value.whole or 0 for value in not_known), whole.whole)


def sure_of(group: Value, everybody: Value) -> Interval | None:
    """Between what the gap lies with 95 of 100, in percentage points: that of the group to all others (Newcombe 1998, method
    10, of two Wilson intervals), made smaller by the share of the others, for the group is among everybody. None where there
    are no others, or it is no share.
    """
    others = Value(everybody.some - group.some, (everybody.whole or 0) - (group.whole or 0))
    one, two = group.sure, others.sure
    if one is None or two is None or group.rate is None or others.rate is None:
        return None
    first, second = float(group.rate), float(others.rate)
    share = (others.whole or 0) / (everybody.whole or 1)
    below = sqrt((first - one.lower) ** 2 + (two.upper - second) ** 2)
    above = sqrt((one.upper - first) ** 2 + (second - two.lower) ** 2)
    return Interval(share * (first - second - below), share * (first - second + above))
