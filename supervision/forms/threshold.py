"""What is said of a number in a rule."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from risk.models import RiskThreshold
from workflow.forms import Choice, DayField, EvidenceForm, LongText, Number


class NewThreshold(EvidenceForm):
    """A number from a day on. Decisions made before that day keep the number they were made under."""

    name = Choice(choices=RiskThreshold.Name, label="Which number?", called="The number changed")
    value = Number(label="What shall it be?", called="The number", min_value=1, max_value=500)
    valid_from = DayField(
        label="From which day?", called="The day it starts", future=True, hint="For example 29 8 2027"
    )
    authority = LongText(
        label="On what authority?", called="The authority", max_length=300, rows=3,
        hint="The rule or order it follows. It is kept with each decision made under it.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if {"name", "value", "valid_from"} <= said.keys():
            now = RiskThreshold.objects.in_force(said["valid_from"])
            numbers = {**now.values, said["name"]: said["value"]}
            if now[said["name"]] == said["value"]:
                self.add_error("value", ValidationError("That is the number in force on that day already."))
            if numbers["ric_medium"] > numbers["ric_high"]:
                self.add_error("value", ValidationError("Medium cannot begin above high."))
        return said
