"""What waits for an agency on its own page: a registry, so that the page imports nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """One list of the page of an agency. `rows(user)` is a question that shows this person no more than their own agency's,
    in the order in which it is to be worked; the page shows the first of them. `template` draws one row, as `row`.
    """

    name: str
    label: str
    rows: Callable[[User], Any]
    template: str
    none: str  # the sentence where nothing waits
    order: int = 50


WAITING: dict[str, Waiting] = {}


def waits(*lists: Waiting) -> None:
    """Declare what waits for agencies, in an app's panels.py; a name used twice stops the program."""
    for one in lists:
        if one.name in WAITING:
            raise LookupError(f"Two lists of an agency are named {one.name}.")
        WAITING[one.name] = one


def waiting_lists() -> list[Waiting]:
    return sorted(WAITING.values(), key=lambda one: one.order)
