"""What was said in a form, in words: for whoever may read a record and not change it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from workflow.forms import spoken
from workflow.forms.choice import shut_boxes
from workflow.templatetags.words import day, when

EMPTY: tuple[Any, ...] = (None, "", [])


def said_in(form: Any, record: Any) -> list[tuple[str, str]]:
    """(label, words) for each field of the form as the record holds it; of a box that no answer opened, nothing."""
    shut = shut_boxes(form.fields, record)
    return [
        (str(field.label), words_of(field, getattr(record, name, None)))
        for name, field in form.fields.items()
        if name not in shut or getattr(record, name, None) not in EMPTY
    ]


def words_of(field: Any, value: Any) -> str:
    """A stored value as a screen says it: as on paper, but a moment and a day as near as they are ("Today at 17:26")."""
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return day(value)
    return spoken.words_of(field, value)
