"""A unit, or several, asked for by code."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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


class UnitsField(ShortText):
    """Several units by their codes, with commas or spaces between them. Becomes a list; empty where none is named."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("hint", "Their codes with commas between them, for example NR3, SM1.")
        super().__init__(max_length=300, **rest)

    def clean(self, value: Any) -> Any:
        codes = list(dict.fromkeys(super().clean(value).replace(",", " ").upper().split()))
        known = {row.code.upper(): row for row in Unit.objects.filter(code__in=codes, state=Unit.State.OPEN)}
        wrong = [code for code in codes if code not in known]
        if wrong:
            words = _("No open unit has the code %(codes)s. Check it on the page of units and try again.")
            raise ValidationError(words % {"codes": ", ".join(wrong)})
        return [known[code] for code in codes]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(row.code for row in value)
        return value
