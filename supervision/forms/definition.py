"""What is said of a word that the force defines."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cases.models import DefinitionSet
from cases.models.definition_set import LIFETIME, TERMS
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Number


class NewDefinition(EvidenceForm):
    """Words and numbers of one term, from a day on. What happened before that day keeps the definition of its day."""

    code = Choice(choices=[(row.code, row.label) for row in TERMS.values()], label="Which word?", called="The word")
    text = LongText(
        label="What shall it mean?", called="The meaning", max_length=2000, min_length=20, rows=4,
        hint="Plain words: everybody who works here reads them and says that they know them.",
    )  # fmt: skip
    window_months = Number(
        label="Counted over how many months?", called="The months", min_value=1, max_value=LIFETIME, required=False,
        hint="Leave empty for a lifetime, or where a person judges.",
    )  # fmt: skip
    at_least = Number(
        label="From how many on?", called="The number", min_value=2, max_value=50, required=False,
        hint="For example 2. Leave empty where a person judges.",
    )  # fmt: skip
    valid_from = DayField(
        label="From which day?", called="The day it starts", future=True, hint="For example 29 8 2027"
    )
    authority = LongText(
        label="On what authority?", called="The authority", max_length=300, rows=3,
        hint="The rule or order it follows. It is shown beside each flag.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        term = TERMS.get(said.get("code", ""))
        if term is None:
            return said
        if term.is_counted and "at_least" in said and said["at_least"] is None:
            self.add_error("at_least", ValidationError("Say from how many on: this word is counted."))
        if not term.is_counted and said.get("at_least") is not None:
            self.add_error(
                "at_least", ValidationError("Leave this empty: a person judges this word, nothing is counted.")
            )
        if {"text", "valid_from"} <= said.keys() and self._is_the_same(said):
            self.add_error("text", ValidationError("That is in force on that day already, word for word."))
        return said

    def _is_the_same(self, said: dict[str, Any]) -> bool:
        now = DefinitionSet.objects.in_force(said["valid_from"]).get(said["code"])
        names = ("text", "window_months", "at_least")
        return now is not None and all(getattr(now, name) == said.get(name) for name in names)
