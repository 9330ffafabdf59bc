"""Units: a force, its divisions, teams and desks, in a tree."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.urls import reverse

from accounts.models.kept import NoSecret


class UnitQuerySet(NoSecret):
    def root(self) -> Unit:
        """The force itself. Raises IndexError where no unit was planted yet."""
        force: Unit = self.filter(parent__isnull=True).order_by("pk")[0]
        return force

    def beneath(self, unit: Unit) -> Self:
        """The unit and everything beneath it."""
        return self.filter(lineage__contains=[unit.pk])

    def plant(self, name: str, code: str, parent: Unit | None = None) -> Unit:
        """Make a unit beneath its parent; the only way a unit gets its line of ancestors."""
        with transaction.atomic():
            unit = self.create(name=name, code=code, parent=parent)
            unit.lineage = [*(parent.lineage if parent else []), unit.pk]
            unit.save(update_fields=["lineage"])
        return unit


class Unit(models.Model):
    """A force, division, team or desk. `lineage` holds the ids from the root down to the unit itself."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=80)
    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    lineage = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=30, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    folder = None

    objects = UnitQuerySet.as_manager()

    class Meta:
        # Serves "is the unit one of mine or beneath one of mine": every visibility question.
        indexes = [GinIndex(fields=["lineage"], name="unit_lineage")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Unit:
        return self

    def get_absolute_url(self) -> str:
        return reverse("administration-unit", args=[self.pk])
