"""What forms ask and records say, as JSON Schema and as JSON: read off the form's own fields, so it cannot differ from them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms

from accounts.models import User
from workflow.forms import Choice, Choices, DayField, MomentField, YesNo
from workflow.forms.choice import opened_by, reveals_of

Schema = dict[str, Any]
LONGEST_TEXT = 4000


def plain(value: Any) -> Any:
    """A stored value as JSON gives it: moments in UTC, a colleague by what names them, any other related row by its id."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, User):
        return value.collar_number or value.username
    return value.pk if hasattr(value, "pk") else value


def said(form: type[Any], row: Any) -> dict[str, Any]:
    """What a record or a row of its history says in the fields of a form."""
    return {name: plain(getattr(row, name, None)) for name in form.base_fields}


def evidence_schema(fields: dict[str, forms.Field], *, partly: bool = False) -> Schema:
    """What a form takes. `partly`: any of its fields may be left out, and stays as it is."""
    needed = [] if partly else [name for name in needed_of(fields)]
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: taken(field) for name, field in fields.items()},
    }
    return schema | ({"required": needed} if needed else {})


def needed_of(fields: dict[str, forms.Field]) -> list[str]:
    """What must always be said: not what opens beneath one answer of another."""
    beneath = {name for field in fields.values() for name in opened_by(field)}
    return [name for name, field in fields.items() if field.required and name not in beneath]


def taken(field: forms.Field) -> Schema:
    """One field as it is sent."""
    words = {"title": str(field.label or ""), "description": str(field.help_text or "")}
    schema = kind_of(field) | {key: text for key, text in words.items() if text}
    opens = {str(answer): list(names) for answer, names in reveals_of(field).items()}
    return schema | ({"x-opens": opens} if opens else {})


def kind_of(field: forms.Field) -> Schema:
    match field:
        case YesNo() | forms.BooleanField():
            return {"type": "boolean"}
        case Choices():
            return {"type": "array", "items": one_of(field), "uniqueItems": True}
        case Choice():
            return one_of(field)
        case MomentField():
            return {"type": "string", "format": "date-time"}
        case DayField():
            return {"type": "string", "format": "date"}
        case forms.IntegerField() | forms.ModelChoiceField():  # a related row is named by its id
            return {"type": "integer"} | (bounds(field) if isinstance(field, forms.IntegerField) else {})
    return {"type": "string"} | lengths(field)


def one_of(field: Any) -> Schema:
    """The answers; none are named where they are known only when the form is asked."""
    codes = [str(code) for code, _ in field.choices if code not in (None, "")]
    return {"type": "string", "enum": codes} if codes else {"type": "string"}


def bounds(field: Any) -> Schema:
    found = {"minimum": field.min_value, "maximum": field.max_value}
    return {key: value for key, value in found.items() if value is not None}


def lengths(field: Any) -> Schema:
    found = {"minLength": getattr(field, "min_length", None), "maxLength": getattr(field, "max_length", None)}
    return {key: value for key, value in found.items() if value}


def given(fields: dict[str, forms.Field]) -> Schema:
    """The same fields as a record gives them: each may be empty, and an old answer need not be one of today's."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(fields),
        "properties": {name: loosely(kind_of(field)) for name, field in fields.items()},
    }


def loosely(schema: Schema) -> Schema:
    kept: Schema = {"type": [schema["type"], "null"]}
    if schema["type"] == "array":
        kept["items"] = {"type": "string"}
    # an empty moment is null, so its format holds of all that is text
    return kept | ({"format": schema["format"]} if "format" in schema else {})
