"""A migration draws the models once for all that does not build on each other: an upgrade is minutes without the service."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, AlterField, CreateModel, RemoveConstraint
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

#: Neighbours of one of these kinds may stand in one `Together` (`workflow/together.py`).
ALIKE: tuple[tuple[type[Operation], ...], ...] = (
    (CreateModel,), (AddField, AddIndex, AddConstraint, AddTrigger), (AlterField,), (RemoveTrigger, RemoveConstraint),
)  # fmt: skip
BENEATH = {"accounts", "audit"}  # these may not know of the engine
OURS = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
MIGRATIONS = {
    f"{app}-{name}": found
    for (app, name), found in sorted(MigrationLoader(None).disk_migrations.items())
    if app in OURS - BENEATH
}


def alike(one: Operation, other: Operation) -> bool:
    return any(type(one) in kinds and type(other) in kinds for kinds in ALIKE)


@pytest.mark.parametrize("name", MIGRATIONS)
def test_a_migration_does_together_what_does_not_build_on_each_other(name: str) -> None:
    apart = [
        f"{one.describe()}; {other.describe()}"
        for one, other in pairwise(MIGRATIONS[name].operations)
        if alike(one, other)
    ]
    assert apart == [], "Put these into one Together (workflow/together.py)"
