"""What all our fields have in common: a hint, a name for sentences, and the moment they are asked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import get_language, gettext


class Asked(forms.Field):
    """A field that words its own refusals.

    `hint` says what is enough; `called` is the name used in sentences ("Date it happened") where the label is a
    question; `needed` is the whole sentence shown when nothing was said.
    """

    def __init__(self, *, hint: str = "", called: str = "", needed: str = "", **rest: Any) -> None:
        rest.setdefault("help_text", hint)
        super().__init__(**rest)
        self.called = called
        self.needed = needed
        self.at: datetime | None = None

    def name_in_sentences(self, name: str) -> None:
        """Settle the wording once the field knows its name in the form."""
        label = str(self.label or name.replace("_", " ").capitalize())
        self.called = self.called or label.rstrip("?")
        self.error_messages["required"] = self.needed or self.ask(label)

    def ask(self, label: str) -> str:
        """The sentence for nothing said; a question is repeated, a name is asked for."""
        if label.endswith("?"):
            return gettext("Answer: %(question)s") % {"question": label}
        return gettext("Enter %(name)s") % {"name": lower_first(label)}

    def now(self) -> datetime:
        """The moment (UTC) this is said at: the form's, or the clock's."""
        return self.at or timezone.now()


def speak(field: forms.Field) -> None:
    """Put the field's own words into the reader's language; they are declared in English."""
    if get_language() == settings.LANGUAGE_CODE:
        return
    field.label = gettext(str(field.label)) if field.label else field.label
    field.help_text = gettext(str(field.help_text)) if field.help_text else ""
    if isinstance(field, Asked):
        field.needed, field.called = (gettext(words) if words else "" for words in (field.needed, field.called))
    if isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        field.choices = [(value, gettext(label) if isinstance(label, str) else label) for value, label in offered]


def lower_first(words: str) -> str:
    """`Date it happened` inside a sentence; an abbreviation such as DASH keeps its capitals, and a code such as N1."""
    return words if words[1:2].isupper() or words[1:2].isdigit() else words[:1].lower() + words[1:]


def dressed(context: dict[str, Any], block: str) -> dict[str, Any]:
    """A widget's context with the class of its component, and of its error state when something is wrong."""
    attrs = context["widget"]["attrs"]
    wrong = f"{block}--error" if attrs.get("aria-invalid") else ""
    attrs["class"] = " ".join(part for part in (block, wrong, attrs.get("class", "")) if part)
    return context


def nothing_said(field: forms.Field) -> Any:
    """What a field cleans to when it is left empty."""
    if isinstance(field, forms.MultipleChoiceField):
        return []
    return getattr(field, "empty_value", False if isinstance(field, forms.BooleanField) else None)


def target_of(field: BoundField) -> str:
    """The id of the box to mend: of the first wrong box where a field has several."""
    box: Any = getattr(field.field.widget, "first_wrong_id", None)
    return box(field.auto_id) if box else str(field.id_for_label or field.auto_id)
