"""Whole numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from workflow.forms.field import Asked
from workflow.forms.text import TextBox


class Number(Asked, forms.IntegerField):
    """A whole number within bounds; the bounds are said in the refusal."""

    def __init__(self, *, width: int = 4, **rest: Any) -> None:
        # A text box with a numeric keypad: a number box changes by a scroll of the wheel, unseen.
        attrs = {"inputmode": "numeric", "class": f"govuk-input--width-{width}", "autocomplete": "off"}
        super().__init__(widget=TextBox(attrs=attrs), **rest)

    def name_in_sentences(self, name: str) -> None:
        super().name_in_sentences(name)
        self.error_messages["invalid"] = f"{self.called} must be a whole number, like 3"
        self.error_messages["min_value"] = f"{self.called} must be {self.min_value} or more"
        self.error_messages["max_value"] = f"{self.called} must be {self.max_value} or fewer"

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, bool | dict | list):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}
