"""What the forms of administration ask for more than once: a colleague, a unit, a role."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import Unit, User
from accounts.roles import TABLE
from cases.forms.safety import PersonField
from workflow.forms import ShortText

# The system's own role is nobody's to hold.
GRANTABLE = [(role.code, role.label) for role in TABLE if role.code != "system"]


class Colleague(PersonField):
    """Somebody who works here; shown again by what they are found by."""

    def prepare_value(self, value: Any) -> Any:
        return (value.collar_number or value.username) if isinstance(value, User) else value


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
