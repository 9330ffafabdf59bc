"""The page of questions as one form. It checks what was said; whatever was not may be said later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from risk.contradictions import TABLE
from risk.models import Assessment, Grade, Row
from workflow.forms import Choice, EvidenceForm, LongText

MOST = 2000  # characters of the words of one answer


def answer_name(number: int) -> str:
    return f"q{number}"


def words_name(number: int) -> str:
    return f"q{number}_words"


def explain_name(key: str) -> str:
    return f"explain_{key}"


class Questions(EvidenceForm):
    """Nothing is required: part of a page can always be saved. `rows` are the questions of the assessment."""

    reasons = LongText(label="Your reasons", called="Your reasons", required=False, max_length=4000)
    grade = Choice(Grade, label="Grade", required=False)
    why_below = LongText(label="Why not High?", called="Why not High", required=False, max_length=2000)
    honour = Choice(Assessment.Concern, label="So-called honour", called="The answer on honour", required=False)
    honour_words = LongText(label="So-called honour", called="What is feared", required=False, max_length=2000)

    def __init__(self, *args: Any, rows: Sequence[Row], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.rows = rows
        for row in rows:
            number, called = row.question.number, f"The answer to question {row.question.number}"
            choices = [(option.value, option.label) for option in row.options]
            self._ask(answer_name(number), Choice(choices, label=row.label, called=called, required=False))
            words = LongText(label=row.label, called=f"The words of question {number}", required=False, max_length=MOST)
            self._ask(words_name(number), words)
        for one in TABLE:
            called = "An explanation"
            self._ask(explain_name(one.key), LongText(label=called, called=called, required=False, max_length=1000))

    def _ask(self, name: str, field: Any) -> None:
        self.fields[name] = field
        self._prepare(name, field)

    def answers(self) -> dict[int, tuple[str, str]]:
        """By number, the answers that the form mentions; a question left out of it altogether is not touched."""
        said = {}
        for row in self.rows:
            number = row.question.number
            if answer_name(number) in self.data or words_name(number) in self.data:
                said[number] = (self.cleaned_data[answer_name(number)] or "", self.cleaned_data[words_name(number)])
        return said

    def of_honour(self) -> tuple[str, str] | None:
        """What is said of honour; None where the page did not ask."""
        if "honour" not in self.data and "honour_words" not in self.data:
            return None
        return (self.cleaned_data["honour"] or "", self.cleaned_data["honour_words"])

    def explained(self) -> dict[str, str]:
        """By the key of the contradiction, the explanations that are written."""
        said = {one.key: self.cleaned_data[explain_name(one.key)] for one in TABLE}
        return {key: words for key, words in said.items() if words}
