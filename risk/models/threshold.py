"""The numbers in the rules, as rows with their authority and the day they came into force. Never edited: superseded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pgtrigger
from django.db import models


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers in force on a day. `policy` names them all, to be kept with each decision made under them."""

    values: Mapping[str, int]
    policy: str

    def __getitem__(self, name: str) -> int:
        return self.values[name]


class RiskThresholdQuerySet(models.QuerySet["RiskThreshold"]):
    def in_force(self, on: date) -> Limits:
        """The numbers for a day (London), in one query. Raises LookupError if one was never set."""
        rows = self.filter(valid_from__lte=on).order_by("name", "-valid_from", "-pk").distinct("name")
        values = {row.name: row.value for row in rows}
        if lacking := set(RiskThreshold.Name.values) - values.keys():
            raise LookupError(f"No value on {on} for {', '.join(sorted(lacking))}.")
        return Limits(values, " ".join(f"{name}={values[name]}" for name in sorted(values)))


class RiskThreshold(models.Model):
    """One number from a day on. A new value is a new row, so that an old decision can be read under the old rule; of two
    rows from one day the later one holds, so that a number that does harm can be taken out of use the same day.
    """

    class Name(models.TextChoices):
        RIC_HIGH = "ric_high", "Yes answers of the 24 from which the grade is high"
        RIC_MEDIUM = "ric_medium", "Yes answers of the 24 from which the grade is at least medium"
        INCIDENTS_MEDIUM = "incidents_medium", "Incidents in the period from which the grade is at least medium"
        INCIDENT_MONTHS = "incident_months", "The period in which incidents are counted, in months"
        UNKNOWN_LIMIT = "unknown_limit", "Answers not known from which Standard is insufficient information"
        REASONS_LEAST = "reasons_least", "Least characters of the reasons for a grade"
        RAISE_LEAST = "raise_least", "Least characters of the reason for raising a grade"
        LOWER_LEAST = "lower_least", "Least characters of the reason for lowering a grade"
        LAPSE_DAYS = "lapse_days", "Days after which a grade lowered without speaking to the victim comes back"
        ORDER_KEPT_DAYS = "order_kept_days", "Days that an order must have been kept before a grade is lowered on it"
        REVIEW_INCIDENTS = "review_incidents", "Incidents in the period from which standard and medium are reviewed"
        MERGE_MINUTES = "merge_minutes", "Minutes within which the same cause of a risk review is one review"
        # Instruments
        HBA_FLOOR = "hba_floor", "Lowest grade where so-called honour is feared: 1 standard, 2 medium, 3 high"
        FOUR_LEAST = "four_least", "How many of fixated, obsessive, unwanted and repeated make it stalking"
        RECORDED_OFTEN = "recorded_often", "Incidents from which No to “more often” must be explained"
        DRAFT_GRACE_DAYS = "draft_grace_days", "Days in which a version taken out of use may still be finished"

    name = models.CharField(max_length=20, choices=Name)
    value = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)

    objects = RiskThresholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "-valid_from", "-id"], name="risk_threshold_in_force")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} from {self.valid_from}"
