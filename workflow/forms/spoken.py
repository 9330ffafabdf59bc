"""What a record says, in the words of the form that asked: for reading, comparing and printing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from workflow.forms.moment import LONDON

NOTHING = "Not said"


def spoken(form: type[Any], row: Any) -> list[tuple[str, str, str]]:
    """(field, label, words) for each field of a section's form, in the order of the page. `row` may be a history row."""
    return [
        (name, str(field.label or name), words_of(field, getattr(row, name, None)))
        for name, field in form.base_fields.items()
    ]


def words_of(field: forms.Field, value: Any) -> str:
    """A stored value as the form would say it; "Not said" where nothing was."""
    if value in (None, "", [], ()):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return ", ".join(words_of(field, one) for one in value)
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return f"{local.day} {local:%B %Y} at {local:%H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    choices = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    return choices.get(str(value), str(value))
