"""The words in which a question is declared: what may be chosen, what may be typed, when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from public.said import Said

#: What has been said so far, by the name of the field: a word, or a list of words where several may be chosen.
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Box:
    """Something to type in: its label, how much it takes (characters), and what is said where it may not stay empty."""

    name: str
    label: Said
    most: int
    hint: Said | None = None
    needed: Said | None = None
    kind: str = "text"  # text, tel or area


@dataclass(frozen=True)
class Option:
    """One answer to choose, and what is asked only of whoever chooses it."""

    value: str
    label: Said
    hint: Said | None = None
    boxes: tuple[Box, ...] = ()


def always(said: Answers) -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """One page. `needed` is what is said where nothing is chosen; without it the page may be passed."""

    name: str
    heading: Said
    why: Said
    lead: Said | None = None
    options: tuple[Option, ...] = ()
    several: bool = False
    boxes: tuple[Box, ...] = ()
    needed: Said | None = None
    asked: Callable[[Answers], bool] = always

    def every_box(self) -> tuple[Box, ...]:
        return self.boxes + tuple(box for option in self.options for box in option.boxes)
