"""What was said in a form, in words: for whoever may read a record and not change it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workflow.forms.choice import shut_boxes
from workflow.templatetags.words import day, when

NOTHING = gettext_noop("Not said")
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
    """A stored value as its page would say it; an answer by its words, a moment in London's time."""
    if value in EMPTY:
        return _(NOTHING)
    offered = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(offered.get(str(one), str(one)) for one in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return day(value)
    return offered.get(str(value), str(value))
