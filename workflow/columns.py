"""Many columns of one table in one operation of a migration.

Django draws every related model anew after each `AddField` (half a second here, for hundreds of columns); this draws
them once for each table.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField
from django.db.migrations.state import ProjectState


class AddFields(Operation):
    """`AddField` for each of the fields, a name each; undone like them."""

    reversible = True

    def __init__(self, model_name: str, fields: dict[str, models.Field[Any, Any]]) -> None:
        self.model_name, self.fields = model_name, fields

    def deconstruct(self) -> Any:
        return type(self).__name__, [self.model_name, self.fields], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.models[app_label, self.model_name.lower()].fields.update(self.fields)
        state._relations = None  # type: ignore[attr-defined]  # worked out anew when it is next asked for
        state.reload_model(app_label, self.model_name.lower())

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for one in self._each():
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for one in reversed(self._each()):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Add {len(self.fields)} columns to {self.model_name}"

    def _each(self) -> list[AddField]:
        return [AddField(self.model_name, name, field) for name, field in self.fields.items()]
