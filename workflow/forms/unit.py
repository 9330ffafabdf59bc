"""A unit, asked for by its code."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import Unit
from workflow.forms.text import ShortText


class UnitField(ShortText):
    """A unit by its code."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("hint", "Its code, for example NR3. The codes are on the page of units.")
        rest.setdefault("width", 10)
        super().__init__(max_length=20, **rest)

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if not said:
            return None
        found = Unit.objects.filter(code__iexact=said, state=Unit.State.OPEN).first()
        if found is None:
            raise ValidationError("No open unit has that code. Check it on the page of units and try again.")
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Unit):
            return value.code
        if isinstance(value, int):  # a record's column, when its form is shown the first time
            return Unit.objects.filter(pk=value).values_list("code", flat=True).first() or ""
        return value
