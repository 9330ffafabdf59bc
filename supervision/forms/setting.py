"""What is said when the force sets a clock of its own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from workflow.clock import BadLength, read_lengths
from workflow.forms import Choice, DayField, EvidenceForm, LongText, ShortText
from workflow.policies import OTHER, POLICIES


class NewSetting(EvidenceForm):
    """A length for one clock, from a day. Starts before that day keep what they began with."""

    policy = Choice(label="Which clock?", called="The clock")
    valid_from = DayField(
        label="From which day?", called="The day it starts", hint="For example 29 8 2027. Open work keeps its dates.",
        future=True,
    )  # fmt: skip
    within = ShortText(
        label="Within how long?", called="The length", max_length=200,
        hint="For example hours:24, or by grade: high=hours:1 other=hours:24",
    )  # fmt: skip
    authority = LongText(
        label="On what authority?", called="The authority", max_length=300, rows=3,
        hint="The rule or order it follows. It is shown beside every date that it gives.",
    )  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["policy"]  # the clocks are all declared only when the program has started
        field.choices = [(name, row.label) for name, row in POLICIES.items()]

    def clean_within(self) -> str:
        """The lengths as they will be read when a deadline starts; what could not be read then is refused here."""
        said: str = self.cleaned_data["within"]
        try:
            lengths = read_lengths(said)
        except BadLength as refused:
            raise ValidationError(str(refused), code="length") from None
        if OTHER not in lengths:
            raise ValidationError("The length must cover every case, like hours:24 or other=hours:24", code="other")
        return said
