"""Every row beneath a record in one statement, however many kinds of row it has: each kind would else be a query more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Expression, IntegerField, JSONField, Value


class WholeRow(Expression):
    """The row of the question's own table as JSON, so that rows of different tables stand in one column."""

    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return f"to_jsonb({compiler.quote_name_unless_alias(compiler.query.get_initial_alias())}.*)", []


def rows_beneath(record: Any, fields: dict[Any, str]) -> dict[Any, list[Any]]:
    """The standing rows of each model whose field points at the record, in the order in which they were added."""
    models = list(fields)
    if not models:
        return {}
    parts = [
        model.objects.standing()
        .filter(**{field: record})
        .order_by()
        .annotate(of=Value(place, output_field=IntegerField()), row=WholeRow())
        .values_list("of", "row")
        for place, (model, field) in enumerate(fields.items())
    ]
    found: dict[Any, list[Any]] = {model: [] for model in models}
    for place, row in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        found[models[place]].append(made_of(models[place], row))
    for rows in found.values():
        rows.sort(key=lambda row: row.pk)
    return found


def made_of(model: Any, row: dict[str, Any]) -> Any:
    """The row as the model's own object, each column as its field reads it."""
    columns = model._meta.concrete_fields
    return model.from_db(
        connection.alias,
        [field.attname for field in columns],
        [field.to_python(row[field.column]) for field in columns],
    )


def fetched_beneath(record: Any) -> dict[Any, list[Any]]:
    """What is at hand of the rows beneath a record; empty where each is to be asked for."""
    if not hasattr(record, "rows_fetched") and hasattr(record, "rows_wanted_once"):
        record.rows_fetched = record.rows_wanted_once(record)
    return getattr(record, "rows_fetched", {})


@contextmanager
def at_hand(record: Any, fetch: Callable[[Any], dict[Any, list[Any]]]) -> Iterator[None]:
    """Within it `fetch` is asked once, when the first row is wanted."""
    if hasattr(record, "rows_fetched") or hasattr(record, "rows_wanted_once"):
        yield
        return
    record.rows_wanted_once = fetch
    try:
        yield
    finally:
        for name in ("rows_wanted_once", "rows_fetched"):
            vars(record).pop(name, None)
