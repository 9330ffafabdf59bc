"""Many operations of one migration with the models drawn once.

Django draws every related model anew after each operation, half a second here for each of hundreds of columns and
triggers; this draws them once before and once after.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField
from django.db.migrations.state import ProjectState


class Together(Operation):
    """The operations one after another; each sees the models as before the first and as after the last.

    So they must not build on each other: all new tables, or all new columns, or all new indexes, or all triggers.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> Any:
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        drawn = state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)
        if drawn is not None:
            _ = state.apps

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Together: {', '.join(one.describe() for one in self.operations)}"


def columns(model_name: str, fields: dict[str, models.Field[Any, Any]]) -> list[AddField]:
    """New columns of one table."""
    return [AddField(model_name, name, field) for name, field in fields.items()]
