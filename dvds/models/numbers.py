"""Numbers of Clare’s Law that no law names: rows with their authority and the day they came into force, never constants."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models


class NumberQuerySet(models.QuerySet["LeastNumber"]):
    def in_force(self, name: str, on: date) -> int:
        """The number for a day (London). Raises LookupError if it was never set."""
        row = self.filter(name=name, valid_from__lte=on).order_by("-valid_from", "-pk").first()
        if row is None:
            raise LookupError(f"No value on {on} for {name}.")
        return row.value


class LeastNumber(models.Model):
    """One number from a day on; a new value is a new row."""

    class Name(models.TextChoices):
        ATTEMPTS = "attempts", "Safe attempts before a meeting is said not to be possible"

    name = models.CharField(max_length=20, choices=Name)
    value = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)

    objects = NumberQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "-valid_from", "-id"], name="least_number_in_force")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} from {self.valid_from}"
