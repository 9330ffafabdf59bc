"""What answers become as rows, whoever answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reporting.forms.survey import question_name
from reporting.models.feedback import Asks


def answers_in(questions: Any, said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One for each question that was answered: question, value, words."""
    for question in questions:
        answer = said.get(question_name(question)) or ""
        if answer:
            scale = question.asks == Asks.SCALE
            yield {"question": question, "value": answer if scale else "", "words": "" if scale else answer}
