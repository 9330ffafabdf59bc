"""What the templates are given: every sentence in the person’s language already, so that they hold none of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from public import settings
from public.asking import Box, Option, Question
from public.leaves import Leaf
from public.questions import asked
from public.said import FRAME, Said
from public.sealed import Page


@dataclass(frozen=True)
class DrawnBox:
    name: str
    label: str
    hint: str
    kind: str
    most: int
    value: str
    fault: str


@dataclass(frozen=True)
class DrawnOption:
    place: str  # its id in the page
    value: str
    label: str
    hint: str
    chosen: bool
    boxes: list[DrawnBox]


def frame(now: Page) -> dict[str, Any]:
    """What stands on every page."""
    return {
        "language": now.language,
        "other": "en" if now.language == "cy" else "cy",
        "words": {name: said.spoken(now.language) for name, said in FRAME.items()},
        "exit_to": settings.EXIT_TO,
        "helpline": settings.HELPLINE,
        "quiet": settings.QUIET,
        "govuk": settings.GOVUK,
        "danger_now": now.said.get("danger") == "yes",
    }


def leaf_page(now: Page, leaf: Leaf, more: tuple[Said, ...]) -> dict[str, Any]:
    """A page of sentences; `more` stands beneath its own."""

    def spoken(words: tuple[Said, ...]) -> list[str]:
        return [one.spoken(now.language) for one in words]

    return {
        "heading": leaf.heading.spoken(now.language),
        "lines": spoken(leaf.words),
        "listed": spoken(leaf.listed),
        "after": spoken((*more, *leaf.after)),
    }


def question_page(now: Page, question: Question, faults: dict[str, Said]) -> dict[str, Any]:
    """A question with what is typed in it; `faults` by the name of the field."""
    order = [one.name for one in asked(now.said)]
    count = FRAME["question_of"].spoken(now.language)
    return {
        "question": question,
        "counted": count.format(number=order.index(question.name) + 1, total=len(order)),
        "heading": question.heading.spoken(now.language),
        "lead": question.lead.spoken(now.language) if question.lead else "",
        "why": question.why.spoken(now.language),
        "fault": faults[question.name].spoken(now.language) if wrongly_chosen(question, faults) else "",
        "faults": summary(now, question, faults),
        "options": [drawn_option(now, question, option, faults) for option in question.options],
        "boxes": [drawn_box(now, box, faults) for box in question.boxes],
        "optional": not question.needed and not question.lead,
    }


def wrongly_chosen(question: Question, faults: dict[str, Said]) -> bool:
    return bool(question.options) and question.name in faults


def summary(now: Page, question: Question, faults: dict[str, Said]) -> list[tuple[str, str]]:
    """(id of the field, sentence) of each fault, in the order of the page."""
    places = (
        [(f"{question.name}-{question.options[0].value}", question.name)] if wrongly_chosen(question, faults) else []
    )
    places += [(box.name, box.name) for box in question.every_box() if box.name in faults]
    return [(place, faults[name].spoken(now.language)) for place, name in places]


def drawn_option(now: Page, question: Question, option: Option, faults: dict[str, Said]) -> DrawnOption:
    return DrawnOption(
        f"{question.name}-{option.value}",
        option.value,
        option.label.spoken(now.language),
        option.hint.spoken(now.language) if option.hint else "",
        option.value in now.typed.get(question.name, []),
        [drawn_box(now, box, faults) for box in option.boxes],
    )


def drawn_box(now: Page, box: Box, faults: dict[str, Said]) -> DrawnBox:
    typed = (now.typed.get(box.name) or [""])[0]
    hint = box.hint.spoken(now.language) if box.hint else ""
    fault = faults[box.name].spoken(now.language) if box.name in faults else ""
    return DrawnBox(box.name, box.label.spoken(now.language), hint, box.kind, box.most, typed, fault)
