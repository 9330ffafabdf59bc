"""The numbers of Clare’s Law that no guidance fixes: rows with their authority, from a day on. Never edited: superseded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pgtrigger
from django.db import models


class NumberQuerySet(models.QuerySet["Number"]):
    def in_force(self, on: date) -> Mapping[str, int]:
        """{name: value} for a day (London), in one query. Raises LookupError if one was never set."""
        rows = self.filter(valid_from__lte=on).order_by("name", "-valid_from", "-pk").distinct("name")
        values = {row.name: row.value for row in rows}
        if lacking := set(Number.Name.values) - values.keys():
            raise LookupError(f"No value on {on} for {', '.join(sorted(lacking))}.")
        return values


class Number(models.Model):
    """One number from a day on. A new value is a new row."""

    class Name(models.TextChoices):
        ATTEMPTS = "attempts", "Safe attempts, on different days, before a meeting is said not to be possible"
        PATTERN_MONTHS = "pattern_months", "Months back in which considerations are counted for a pattern"
        PATTERN_LEAST = "pattern_least", "Considerations from which there is a pattern"
        INCIDENT_DAYS = "incident_days", "Days between a request and an incident that speak of one another"
        CHILD_AGE = "child_age", "Age below which the way is child protection"
        ADULT_AGE = "adult_age", "Age from which somebody is an adult"
        SAMPLE_SHARE = "sample_share", "Of a month’s decisions, how many in a hundred are looked at again"
        SAMPLE_LEAST = "sample_least", "Least number of a month’s decisions that are looked at again"
        OUTLIER_LEAST = "outlier_least", "Decisions from which somebody’s figures are compared"
        OUTLIER_POINTS = "outlier_points", "Points between a share and the unit’s from which it is shown as unlike"

    name = models.CharField(max_length=20, choices=Name)
    value = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)

    objects = NumberQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "-valid_from", "-id"], name="dvds_number_in_force")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} from {self.valid_from}"
