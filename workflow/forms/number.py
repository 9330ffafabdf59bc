"""Whole numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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
        name = self.called
        self.error_messages["invalid"] = _("%(name)s must be a whole number, like 3") % {"name": name}
        least, most = {"name": name, "least": self.min_value}, {"name": name, "most": self.max_value}
        self.error_messages["min_value"] = _("%(name)s must be %(least)s or more") % least
        self.error_messages["max_value"] = _("%(name)s must be %(most)s or fewer") % most

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, bool | dict | list):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}
