"""What a record says, in the words of the form that asked: for reading, comparing and printing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workflow.forms.moment import LONDON, spoken_day

NOTHING = gettext_noop("Not said")


def spoken(form: type[Any], row: Any) -> list[tuple[str, str, str]]:
    """(field, label, words) for each field of a section's form, in the order of the page. `row` may be a history row."""
    return [
        (name, _(str(field.label or name)), words_of(field, getattr(row, name, None)))
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden  # what nobody is asked has no words
    ]


def words_of(field: forms.Field, value: Any) -> str:
    """A stored value as the form would say it; "Not said" where nothing was."""
    if value in (None, "", [], ()):
        return _(NOTHING)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return ", ".join(words_of(field, one) for one in value)
    if isinstance(value, datetime):
        at = {"day": spoken_day(value), "time": f"{value.astimezone(LONDON):%H:%M}"}
        return _("%(day)s at %(time)s") % at
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month]} {value.year}"
    choices = {str(key): _(str(label)) for key, label in getattr(field, "choices", [])}
    return choices.get(str(value), str(value))
