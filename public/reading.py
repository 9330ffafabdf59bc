"""What was posted for one question: cleaned, or refused in a sentence that says what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from public.asking import Box, Question
from public.said import Said

#: What was typed, as it was typed: shown again on the same page alone.
Typed = dict[str, list[str]]


def typed_in(question: Question, posted: Mapping[str, list[str]]) -> Typed:
    """What of the post belongs to this question, and no longer than we would ever look at."""
    names = {question.name: 64} | {box.name: box.most * 2 for box in question.every_box()}
    given = {name: [one[:most] for one in posted.get(name, [])[:20]] for name, most in names.items()}
    return {name: values for name, values in given.items() if any(values)}


def read(question: Question, typed: Typed) -> tuple[dict[str, Any], dict[str, Said]]:
    """(what is said, faults by field). What belongs to an option that was not chosen is dropped."""
    values = {option.value for option in question.options}
    chosen = [value for value in typed.get(question.name, []) if value in values]
    said: dict[str, Any] = {}
    faults: dict[str, Said] = {}
    if question.options:
        said[question.name] = chosen if question.several else (chosen[:1] or [""])[0]
    if question.needed and not chosen:
        faults[question.name] = question.needed
    for box in boxes_of(question, chosen):
        words = cleaned(box, (typed.get(box.name) or [""])[0])
        fault = fault_of(box, words)
        faults |= {box.name: fault} if fault else {}
        said |= {box.name: words} if words else {}
    return said, faults


def boxes_of(question: Question, chosen: list[str]) -> tuple[Box, ...]:
    """The boxes that somebody who chose this fills in."""
    return question.boxes + tuple(box for option in question.options if option.value in chosen for box in option.boxes)


def cleaned(box: Box, words: str) -> str:
    """Without what no keyboard types (control and direction marks); on one line, unless it is an area."""
    kept = "".join(
        one for one in words.replace("\r\n", "\n") if one == "\n" or unicodedata.category(one) not in {"Cc", "Cf", "Cs"}
    )
    return kept.strip() if box.kind == "area" else " ".join(kept.split())


def fault_of(box: Box, words: str) -> Said | None:
    if not words:
        return box.needed
    if len(words) > box.most:
        over = len(words) - box.most
        return Said(
            f"This takes {box.most} characters; take away {over}",
            f"Mae lle i {box.most} nod yma; tynnwch {over} i ffwrdd",
        )
    return None
