"""Words: short, long, and telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from workflow.forms.field import Asked, dressed

UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
#: Characters that turn the direction of writing: they make a name read as another one.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class TextBox(forms.TextInput):
    """A one-line box in the house's markup."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return dressed(super().get_context(name, value, attrs), "govuk-input")


class TextArea(forms.Textarea):
    """A box of several lines in the house's markup."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return dressed(super().get_context(name, value, attrs), "govuk-textarea")


class Words(Asked, forms.CharField):
    """Text of a stated greatest length, without characters that cannot be seen."""

    allowed = ""

    def __init__(self, *, max_length: int | None, **rest: Any) -> None:
        super().__init__(max_length=max_length, **rest)

    def name_in_sentences(self, name: str) -> None:
        super().name_in_sentences(name)
        most, least = (
            _("%(name)s must be %(count)s characters or fewer"),
            _("%(name)s must be %(count)s characters or more"),
        )
        # Django takes the message by the code of the validator that failed.
        self.error_messages["max_length"] = most % {"name": self.called, "count": self.max_length}
        self.error_messages["min_length"] = least % {"name": self.called, "count": self.min_length}

    def to_python(self, value: Any) -> Any:
        """The text as typed, less the space round it. Raises ValidationError for what is no text."""
        if isinstance(value, dict | list | tuple | bool):
            raise ValidationError(_("%(name)s must be text") % {"name": self.called}, code="text")
        text = super().to_python(value)
        if isinstance(text, str):
            # One kind of line end, so that a length counts the same from a page and from the API.
            text = text.replace("\r\n", "\n").replace("\r", "\n") if "\n" in self.allowed else text
            self._refuse_unprintable(text)
        return text

    def _refuse_unprintable(self, text: str) -> None:
        if any(
            character not in self.allowed and (character in TURNING or unicodedata.category(character) in UNPRINTABLE)
            for character in text
        ):
            raise ValidationError(
                _("%(name)s has characters in it that cannot be seen. Delete them, or type instead of pasting")
                % {"name": self.called},
                code="unprintable",
            )


class ShortText(Words):
    """One line. `width` is the number of characters the box is drawn for (2, 3, 4, 5, 10, 20 or 30)."""

    widget = TextBox

    def __init__(self, *, max_length: int | None = 200, width: int | None = None, **rest: Any) -> None:
        self.width = width
        super().__init__(max_length=max_length, **rest)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # No maxlength on the page: a browser that cuts a pasted line short would lose words silently.
        return {"class": f"govuk-input--width-{self.width}"} if self.width else {}


class LongText(Words):
    """Several lines. `prompts` open beneath the box under `prompts_title`; they help, they do not replace it."""

    widget = TextArea
    allowed = "\n\t"

    def __init__(
        self,
        *,
        max_length: int | None = 4000,
        rows: int = 5,
        prompts: Sequence[str] = (),
        prompts_title: str = "Prompts",
        **rest: Any,
    ) -> None:
        self.rows, self.prompts, self.prompts_title = rows, prompts, prompts_title
        super().__init__(max_length=max_length, **rest)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"rows": self.rows}


class Telephone(ShortText):
    """A telephone number, kept as it was typed; extensions and country codes are allowed."""

    def __init__(self, *, max_length: int | None = 30, width: int | None = 20, **rest: Any) -> None:
        rest.setdefault("widget", TextBox(attrs={"type": "tel", "autocomplete": "off"}))
        super().__init__(max_length=max_length, width=width, **rest)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (
            not re.fullmatch(r"\+?[\d\s().-]+((ext|x)\.?\s*\d+)?", value, re.IGNORECASE) or digits(value) < 3
        ):
            raise ValidationError(_("Enter a telephone number, like 01632 960 001 or 07700 900 982"), code="telephone")


def digits(text: str) -> int:
    """How many digits the text holds."""
    return sum(character.isdigit() for character in text)
