"""The place of a page in a queue: what comes before it and after it. Said by the app that knows queues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the queue that somebody came from. `words` say the place; an empty address is no neighbour.
    `keys` are the acts, each with the person's own key and its words, where they have turned them on.
    """

    words: str
    queue_url: str
    previous_url: str
    next_url: str
    keys: Sequence[tuple[str, str, str]]


Where = Callable[[HttpRequest, Any], Place | None]
Onward = Callable[[HttpRequest, Any, str], str]
_SAID: list[tuple[Where, Onward]] = []


def placed_by(where: Where, onward: Onward) -> None:
    """Say who knows: `where` a record stands for this request, and `onward`, the address to go on to after an act on it."""
    _SAID[:] = [(where, onward)]


def place(request: HttpRequest, record: Any) -> Place | None:
    """None where the page was not come to from a queue."""
    return _SAID[0][0](request, record) if _SAID else None


def onward(request: HttpRequest, record: Any, done: str) -> str:
    """Where to go after an act (its words are `done`) on a record come to from a queue; "" where it was not."""
    return _SAID[0][1](request, record, done) if _SAID else ""
