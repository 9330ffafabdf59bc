"""One of several, some of several, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices as Enum
from django.forms import BoundField
from django.utils.translation import gettext as _

from workflow.forms.field import Asked, dressed, lower_first

#: (value, words) or (value, words, hint), or a Django enumeration.
Options = type[Enum] | Iterable[Any]
#: Which other fields of the form open beneath an answer.
Reveals = Mapping[Any, Sequence[str]]


class Picks:
    """What radios and checkboxes share: hints beside the answers, and fields that open beneath them."""

    hints: Mapping[str, str] = {}
    reveals: Reveals = {}
    inline = False
    #: Set by the form: how to reach the fields that open beneath an answer.
    bound: Callable[[str], BoundField] | None = None

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        """The first answer carries the field's own id, so that the error summary can point at it."""
        return id_ if not id_ or index in (None, 0, "0") else f"{id_}_{index}"

    def get_context(self, *args: Any, **rest: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(*args, **rest)  # type: ignore[misc]
        context["widget"]["inline"] = self.inline
        return context

    def create_option(self, *args: Any, **rest: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **rest)  # type: ignore[misc]
        value, attrs = str(option["value"]), option["attrs"]
        attrs.pop("aria-describedby", None)
        option["hint"] = _(str(self.hints.get(value, "")))
        names = {str(key): names for key, names in self.reveals.items()}.get(value, ())
        option["reveals"] = [self.bound(name) for name in names] if self.bound else []
        if option["hint"]:
            attrs["aria-describedby"] = f"{attrs['id']}_hint"
        if option["reveals"]:
            attrs["data-aria-controls"] = option["controls"] = f"conditional-{attrs['id']}"
        return option


class Radios(Picks, forms.RadioSelect):
    template_name = "forms/widgets/radios.html"


class Boxes(Picks, forms.CheckboxSelectMultiple):
    template_name = "forms/widgets/checkboxes.html"


class DropDown(forms.Select):
    """One of many: a list that opens, and that one may type into."""

    template_name = "forms/widgets/select.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return dressed(super().get_context(name, value, attrs), "govuk-select")


class YesNoRadios(Radios):
    """Radios for a truth: knows `True` from the database, the page and the API alike."""

    def format_value(self, value: Any) -> list[str]:
        return [{True: "yes", False: "no"}.get(value, value if isinstance(value, str) else "")]


class Choice(Asked, forms.TypedChoiceField):
    """One of a few, as radios; `inline` puts two or three short answers side by side."""

    widget = Radios

    def __init__(
        self,
        choices: Options = (),
        *,
        reveals: Reveals | None = None,
        hints: Mapping[Any, str] | None = None,
        inline: bool = False,
        **rest: Any,
    ) -> None:
        pairs, noted = split(choices)
        super().__init__(choices=pairs, **rest)
        fit(self.widget, {**noted, **(hints or {})}, reveals or {}, inline)

    def name_in_sentences(self, name: str) -> None:
        super().name_in_sentences(name)
        self.error_messages["invalid_choice"] = _("%(name)s must be one of the answers shown") % {"name": self.called}

    def ask(self, label: str) -> str:
        return super().ask(label) if label.endswith("?") else _("Choose %(name)s") % {"name": lower_first(label)}

    def valid_value(self, value: Any) -> bool:
        return isinstance(value, str | int | Enum) and super().valid_value(value)


class Pick(Choice):
    """One of many, such as the roles of a force: too many for radios."""

    widget = DropDown  # type: ignore[assignment]  # as a field of choices is drawn by any of their widgets


class YesNo(Choice):
    """Yes or no, neither chosen beforehand. Cleans to True, False, or None when nothing was said."""

    widget = YesNoRadios

    def __init__(self, *, yes: str = "Yes", no: str = "No", **rest: Any) -> None:
        rest.setdefault("inline", True)
        rest["reveals"] = {{True: "yes", False: "no"}.get(k, k): v for k, v in (rest.get("reveals") or {}).items()}
        super().__init__([("yes", yes), ("no", no)], coerce=lambda said: said == "yes", empty_value=None, **rest)

    def to_python(self, value: Any) -> Any:
        """The API may say true and false; a page says yes and no."""
        said = {"True": "yes", "False": "no", "true": "yes", "false": "no"}
        return super().to_python(said.get(str(value), value))


class Choices(Asked, forms.TypedMultipleChoiceField):
    """Some of several, as checkboxes."""

    widget = Boxes

    def __init__(
        self,
        choices: Options = (),
        *,
        reveals: Reveals | None = None,
        hints: Mapping[Any, str] | None = None,
        **rest: Any,
    ) -> None:
        pairs, noted = split(choices)
        super().__init__(choices=pairs, **rest)
        fit(self.widget, {**noted, **(hints or {})}, reveals or {}, inline=False)

    def name_in_sentences(self, name: str) -> None:
        super().name_in_sentences(name)
        self.error_messages["invalid_choice"] = _("%(name)s must be among the answers shown") % {"name": self.called}
        self.error_messages["invalid_list"] = self.error_messages["invalid_choice"]

    def ask(self, label: str) -> str:
        return super().ask(label) if label.endswith("?") else _("Choose %(name)s") % {"name": lower_first(label)}


class TickBox(forms.CheckboxInput):
    """A single checkbox that carries its own label."""

    template_name = "forms/widgets/tick.html"
    label = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["label"] = self.label
        return context


class Tick(Asked, forms.BooleanField):
    """One statement to tick: "I have read it". Required means it must be ticked."""

    widget = TickBox

    def name_in_sentences(self, name: str) -> None:
        super().name_in_sentences(name)
        self.widget.label = str(self.label or self.called)

    def to_python(self, value: Any) -> bool:
        if isinstance(value, dict | list):
            raise ValidationError(_("%(name)s must be true or false") % {"name": self.called}, code="invalid")
        return super().to_python(value)

    def ask(self, label: str) -> str:
        return _("Tick the box: %(statement)s") % {"statement": label}


def split(choices: Options) -> tuple[list[tuple[Any, str]], dict[str, str]]:
    """Pairs for Django, and the hints that stood as a third part."""
    rows: list[Any] = list(choices.choices) if isinstance(choices, type) else list(choices)
    return [(row[0], row[1]) for row in rows], {str(row[0]): row[2] for row in rows if len(row) > 2}


def fit(widget: Any, hints: Mapping[Any, str], reveals: Reveals, inline: bool) -> None:
    """Give a widget its hints and openings."""
    widget.hints = {str(value): words for value, words in hints.items()}
    widget.reveals = reveals
    widget.inline = inline and not reveals


def reveals_of(field: forms.Field) -> Mapping[Any, Any]:
    """Answer → the names of the fields that open beneath it."""
    return getattr(field.widget, "reveals", None) or {}


def opened_by(field: forms.Field) -> list[str]:
    """The names of all fields that open beneath any answer of this one."""
    return [name for names in reveals_of(field).values() for name in names]


def shut_boxes(fields: Mapping[str, forms.Field], record: Any) -> set[str]:
    """The names of the fields that open beneath an answer which the record does not hold."""
    shut: set[str] = set()
    opened: set[str] = set()
    for name, field in fields.items():
        given = answers_given(getattr(record, name, None))
        for answer, boxes in reveals_of(field).items():
            (opened if str(answer) in given else shut).update(boxes)
    return shut - opened


def answers_given(value: Any) -> set[str]:
    """The values chosen, as the page writes them."""
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    return {str(one) for one in value} if isinstance(value, list | tuple | set) else {str(value)}
