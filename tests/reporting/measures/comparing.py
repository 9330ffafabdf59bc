"""A figure beside what was reckoned by hand: the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import Unit
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Answer, Question, Value, Window, ask
from reporting.measures.times import spreads

Key = tuple[str, str]


def compare(by_hand: Mapping[Key, Any], told: Any, when: Any, window: Window, unit: Unit | None) -> None:
    """Every figure of the table `by_hand`, of one window and unit; of a private measure what stands beneath what is kept back."""
    answers: dict[str, Answer] = {}
    for (code, part), reckoned in by_hand.items():
        open_to_all = replace(MEASURES[code], private=False, of_force=False)
        answers[code] = answers.get(code) or ask(Question(open_to_all, window, unit=unit))
        value, wanted = answers[code].value(part), reckoned(told, when)
        assert agrees(value, wanted), (code, part, unit, value, wanted)


def agrees(value: Value, wanted: tuple[int | None, int | None]) -> bool:
    return (value.some, value.whole) == wanted and not value.lacking


def compare_times(by_hand: Mapping[Key, Any], told: Any, when: Any, window: Window, unit: Unit | None) -> None:
    for (code, label), reckoned in by_hand.items():
        took = next(one for one in MEASURES[code].took if one.label == label)
        spread = spreads(took, Question(MEASURES[code], window, unit=unit))[""]
        began, reached, half = reckoned(told, when)
        assert (spread.began, spread.reached) == (began, reached), (code, label, unit)
        assert spread.half == (None if half is None else pytest.approx(half, abs=0.001)), (code, label, unit)
