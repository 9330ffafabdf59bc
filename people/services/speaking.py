"""How a page speaks of somebody: she, he or they, from what they said themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from people.models import Description

FEMALE, MALE, EITHER = "F", "M", ""


def gender_of(facts: Iterable[Any]) -> str:
    """F, M, or "" where nobody said, where it is another, or where the reader may not read it. `facts`: newest first."""
    for known in facts:
        fact = known.fact
        if isinstance(fact, Description) and fact.topic == "gender" and not known.closed and known.readable:
            return fact.answer if fact.answer in (FEMALE, MALE) else EITHER
    return EITHER


def spoken_of(gender: str, sentences: Mapping[str, str]) -> str:
    """The sentence that fits whom a page is about."""
    return _(sentences.get(gender, sentences[EITHER]))
