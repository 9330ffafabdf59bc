"""What another app says against closing a safety plan: the app that owns the fact says it, the plan asks (C, S2-001)."""

from __future__ import annotations

from collections.abc import Callable

#: The id of a case -> the sentence that says why its plan stays open, or "".
Keeps = Callable[[int], str]
_KEEPS: list[Keeps] = []


def keeps_plans_open(*asked: Keeps) -> None:
    """Declare a reason for which plans stay open; an app says it in its standards.py."""
    _KEEPS.extend(one for one in asked if one not in _KEEPS)


def kept_open(case: int) -> str:
    """The first sentence against closing the plan of a case (its id); "" where nothing is."""
    return next((sentence for asks in _KEEPS if (sentence := asks(case))), "")
