"""Rows of a model written set by set: INSERT … SELECT, every column that is not said as an empty record has it, and the
history of the rows beside them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection

from cases.services.importing.staging import run

HISTORY = "insert_insert"  # the trigger of pghistory that writes the first row of a history


def insert(model: Any, source: str, said: dict[str, str], fixed: dict[str, Any]) -> None:
    """One row of the model for each row of `source` (what stands after FROM). `said`: columns and the SQL of what stands in
    them; `fixed`: columns that are the same in all. What neither says is the default of its field, but for an id, which
    the table draws. Words and places are kept by the tables' own triggers.
    """
    names: list[str] = []
    words: list[str] = []
    values: list[Any] = []
    for column in model._meta.concrete_fields:
        if column.generated or (column.primary_key and column.column not in said):
            continue
        names.append(f'"{column.column}"')
        if column.column in said:
            words.append(said[column.column])
        else:
            value = fixed[column.column] if column.column in fixed else column.get_default()
            words.append(f"%s::{column.db_type(connection)}")
            values.append(column.get_db_prep_save(value, connection))
    table = model._meta.db_table
    added = f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(words)} FROM {source}'  # noqa: S608 - ours
    run(with_history(model, added), values)


def with_history(model: Any, added: str) -> str:
    """The statement, and what stands in the history of each row: the same as its trigger writes one by one."""
    history = history_of(model)
    if history is None:
        return added
    first = {
        "pgh_created_at": "now()",
        "pgh_label": "'insert'",
        "pgh_obj_id": "added.id",
        "pgh_context_id": "NULL::uuid",
    }
    columns = [column.column for column in history._meta.concrete_fields if not column.primary_key]
    names = ", ".join(f'"{name}"' for name in columns)
    said = ", ".join(first.get(name, f'added."{name}"') for name in columns)
    into = f'INSERT INTO "{history._meta.db_table}" ({names}) SELECT {said} FROM added'  # noqa: S608 - ours alone
    return f"WITH added AS ({added} RETURNING *) {into}"


@cache
def history_of(model: Any) -> Any:
    """The model of the history of another's rows, if it has one."""
    label = f"{model.__name__}Event"
    return next((one for one in apps.get_models() if one.__name__ == label and hasattr(one, "pgh_tracked_model")), None)


def keep_history_here(*models: Any) -> None:
    """Within this transaction the history of these is written with the rows, so not by the trigger of each row too."""
    names = [
        trigger.get_pgid(model)
        for model, trigger in pgtrigger.registered()
        if model in models and trigger.name == HISTORY
    ]  # fmt: skip
    run("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])
