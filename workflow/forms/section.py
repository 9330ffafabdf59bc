"""Sections of a long record: anything may be left out while it is being written, and what is left is said plainly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.utils.translation import gettext as _

from workflow.forms.base import Checked, EvidenceForm
from workflow.forms.choice import Choice, Choices, Tick, YesNo
from workflow.forms.moment import DayField, MomentField
from workflow.forms.number import Number
from workflow.forms.text import LongText, ShortText

#: The sentence to show while the predicate over the record holds and the field is empty.
NeededWhen = Mapping[str, tuple[Callable[[Any], bool], str]]


class CheckedSection(Checked, ModelFormMetaclass):
    """A model's columns become the house's fields, and what is needed must be a field of the section."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> CheckedSection:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(field_for)
        section = cast(CheckedSection, super().__new__(mcs, name, bases, attrs))
        fields = getattr(section, "base_fields", {})
        for field in fields.values():
            field.required = False  # a section is saved as far as it goes; `missing` says what is left
        asked = {*getattr(section, "needed", {}), *getattr(section, "needed_when", {})}
        if unknown := sorted(asked - set(fields) - set(getattr(section, "beside", ()))):
            raise ImproperlyConfigured(f"{name} needs fields it does not have: {', '.join(unknown)}.")
        return section


if TYPE_CHECKING:
    ModelForm = forms.ModelForm[models.Model]
else:
    ModelForm = forms.ModelForm


class ModelSection(EvidenceForm, ModelForm, metaclass=CheckedSection):
    """One section of a record.

    `needed` gives, for each field without which the section is not finished, the sentence that says so;
    `needed_when` does so only while its predicate over the record holds. `beside` names attributes of the record
    that may be needed although the section has no box for them (a list kept on pages of its own).
    """

    instance: Any
    needed: ClassVar[Mapping[str, str]] = {}
    needed_when: ClassVar[NeededWhen] = {}
    beside: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def missing(cls, instance: Any) -> list[tuple[str, str]]:
        """(field, sentence) for what the record still lacks, in the order of the page."""
        wanted = dict(cls.needed)
        wanted |= {name: sentence for name, (holds, sentence) in cls.needed_when.items() if holds(instance)}
        order = [*cls.base_fields, *cls.beside]
        return [(name, _(wanted[name])) for name in order if name in wanted and is_empty(instance, name)]


def is_empty(instance: Any, name: str) -> bool:
    """Whether nothing was said. No and 0 are answers; a list of related rows is asked whether it has any."""
    value: Any = getattr(instance, name, None)
    if isinstance(value, models.Manager):
        return not value.exists()
    return value in (None, "", [], (), {}) or (isinstance(value, str) and not value.strip())


def field_for(column: models.Field[Any, Any], **rest: Any) -> forms.Field | None:
    """The house's field for a model's column; Django's own where the house has none."""
    words: dict[str, Any] = {
        "label": rest.pop("label", None) or upper_first(str(column.verbose_name)),
        "hint": rest.pop("help_text", None) or str(column.help_text),
        "required": False,
    }
    if column.choices:
        offered = [(value, text) for value, text in column.flatchoices if value not in (None, "")]
        return Choice(offered, empty_value=None if column.null else "", coerce=column.to_python, **words)
    if isinstance(column, ArrayField) and column.base_field.choices:
        return Choices(column.base_field.flatchoices, empty_value=[], **words)
    return plain_field_for(column, words) or column.formfield(**rest)


def plain_field_for(column: models.Field[Any, Any], words: dict[str, Any]) -> forms.Field | None:
    """For columns without choices. Order matters: a moment is a date to Django, a URL is a character column."""
    match column:
        case models.BooleanField():
            return YesNo(**words) if column.null else Tick(**words)
        case models.DateTimeField():
            return MomentField(**words)
        case models.DateField():
            return DayField(**words)
        case models.TextField():
            return LongText(max_length=column.max_length, **words)
        case models.IntegerField():
            return Number(min_value=0 if isinstance(column, models.PositiveIntegerField) else None, **words)
    if type(column) is models.CharField:
        return ShortText(max_length=column.max_length, **words)
    return None


def upper_first(words: str) -> str:
    """A column's name as a label."""
    return words[:1].upper() + words[1:]
