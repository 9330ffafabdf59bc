"""A figure beside what was reckoned by hand: the same numbers, or, of a private measure, kept back for a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from accounts.models import Unit
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Answer, Question, Value, Window, ask
from reporting.measures.times import spreads

Key = tuple[str, str]


def compare(by_hand: Mapping[Key, Any], told: Any, when: Any, window: Window, unit: Unit | None) -> None:
    """Every figure of the table `by_hand`, of one window and unit."""
    answers: dict[str, Answer] = {}
    for (code, part), reckoned in by_hand.items():
        answers[code] = answers.get(code) or ask(Question(MEASURES[code], window, unit=unit))
        value = answers[code].value(part)
        wanted = reckoned(told, when)
        assert agrees(value, wanted, private=MEASURES[code].private), (code, part, unit, value, wanted)


def agrees(value: Value, wanted: tuple[int | None, int | None], *, private: bool = False) -> bool:
    """The same numbers. Of a private measure one to four are hidden, and what leaves one to four of the whole; nothing else is."""
    some, whole = wanted
    left = None if whole is None or some is None else whole - some
    if private and {some, whole, left} & {1, 2, 3, 4}:
        return bool(value.lacking) and value.some == 0
    return (value.some, value.whole) == wanted and not value.lacking


def compare_times(by_hand: Mapping[Key, Any], told: Any, when: Any, window: Window, unit: Unit | None) -> None:
    for (code, label), reckoned in by_hand.items():
        took = next(one for one in MEASURES[code].took if one.label == label)
        spread = spreads(took, Question(MEASURES[code], window, unit=unit))[""]
        began, reached, half = reckoned(told, when)
        assert (spread.began, spread.reached) == (began, reached), (code, label, unit)
        assert spread.half == (None if half is None else pytest.approx(half, abs=0.001)), (code, label, unit)
