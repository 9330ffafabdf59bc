"""How a field is drawn: the small questions that the form templates ask."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from workflow.forms.base import problems_of
from workflow.forms.choice import TickBox

register = template.Library()

#: The component for a widget that is Django's own (sign-in, lists of units), most particular first.
COMPONENTS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Select, "govuk-select"),
    (forms.ClearableFileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (Input, "govuk-input"),
)


@register.filter
def carries_own_label(field: BoundField) -> bool:
    """Whether the widget draws the label itself."""
    return isinstance(field.field.widget, TickBox)


@register.filter
def drawn(field: BoundField) -> SafeString:
    """The widget in its component's clothes; one of ours has put them on already."""
    widget = field.field.widget
    if type(widget).__module__.startswith("workflow."):
        return field.as_widget()
    block = next((name for kind, name in COMPONENTS if isinstance(widget, kind)), "")
    wrong = f"{block}--error" if field.errors else ""
    own = str(widget.attrs.get("class", ""))
    # A placeholder is no label: it goes when one types, and it is too pale to read.
    return field.as_widget(
        attrs={"class": " ".join(part for part in (block, wrong, own) if part), "placeholder": False}
    )


register.filter("problems", problems_of)
