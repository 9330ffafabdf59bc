"""The form every other form is: strict about what is sent, gentle about how it is said, and never losing a word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.forms import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from workflow.forms.choice import answers_given, opened_by, reveals_of
from workflow.forms.field import Asked, lower_first, nothing_said, speak, target_of
from workflow.forms.text import LongText


class Problem(NamedTuple):
    """One line of the error summary: the id to jump to (empty for the form as a whole) and the sentence."""

    target: str
    sentence: str


class Checked(DeclarativeFieldsMetaclass):
    """Refuses, when the program starts, a form that could not be kept safe or drawn."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Checked:
        form = super().__new__(mcs, name, bases, attrs)
        fields: dict[str, forms.Field] = getattr(form, "base_fields", {})
        for field_name, field in fields.items():
            if isinstance(field, forms.CharField) and not field.max_length:
                raise ImproperlyConfigured(f"{name}.{field_name} needs a max_length.")
        revealed = [other for field in fields.values() for other in opened_by(field)]
        if unknown := sorted(set(revealed) - set(fields)):
            raise ImproperlyConfigured(f"{name} reveals fields it does not have: {', '.join(unknown)}.")
        if len(revealed) != len(set(revealed)):
            raise ImproperlyConfigured(f"{name} reveals a field beneath two answers; it can be drawn only once.")
        return form


class EvidenceForm(forms.Form, metaclass=Checked):
    """What somebody says in support of a step.

    `at` is the moment (UTC) the fields compare with; the clock's when absent. With `kept=True` the data is a draft:
    shown as it was typed, not judged, and never valid.
    """

    required_css_class = ""
    use_required_attribute = False  # a browser's own bubble is no error summary

    def __init__(self, *args: Any, at: datetime | None = None, kept: bool = False, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.at, self.kept = at, kept
        for name, field in self.fields.items():
            self._prepare(name, field)

    def _prepare(self, name: str, field: forms.Field) -> None:
        speak(field)
        if isinstance(field, Asked):
            field.at = self.at
            field.name_in_sentences(name)
        else:
            label = str(field.label or name.replace("_", " "))
            field.error_messages["required"] = _("Choose %(name)s") % {"name": lower_first(label)}
        if hasattr(field.widget, "reveals"):
            field.widget.bound = self.__getitem__

    def full_clean(self) -> None:
        """Check everything that was said, unless it is a draft that is only being shown again."""
        if self.kept:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        return not self.kept and super().is_valid()

    def _clean_form(self) -> None:
        self._forget_what_stayed_closed()
        super()._clean_form()  # type: ignore[misc]  # Django's own step, which its stubs leave out

    def _forget_what_stayed_closed(self) -> None:
        """What stands beneath an answer that was not given is hidden from its author, so it is not evidence."""
        for name, field in self.fields.items():
            answers = answers_given(self.cleaned_data.get(name))
            for value, opened in reveals_of(field).items():
                if str(value) not in answers:
                    for other in opened:
                        self._errors.pop(other, None)
                        self.cleaned_data[other] = nothing_said(self.fields[other])

    def standing_fields(self) -> Iterator[BoundField]:
        """The visible fields that do not open beneath an answer of another."""
        beneath = {other for field in self.fields.values() for other in opened_by(field)}
        return (field for field in self.visible_fields() if field.name not in beneath)

    def problems(self) -> list[Problem]:
        """The error summary, in the order of the page."""
        return problems_of(self)


class Reason(EvidenceForm):
    """The least a step may ask for: why. Subclasses change the words or the least length by declaring `reason`."""

    reason = LongText(label="Why?", called="The reason", needed="Say why", min_length=10, max_length=4000, rows=4)


def problems_of(form: forms.BaseForm) -> list[Problem]:
    """The lines of the error summary of any form, Django's own included."""
    found = [Problem("", str(sentence)) for sentence in form.non_field_errors()]
    return found + [Problem(target_of(field), str(sentence)) for field in form for sentence in field.errors]
