"""A number of a rule to be changed from a day on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from accounts.roles import roles
from risk.models import RiskThreshold
from supervision.models.proposal import Proposal


class ThresholdChange(Proposal):
    """Becomes a `RiskThreshold` when a second person has approved it; those rows are never edited."""

    READERS = roles("administrator", "superintendent", "auditor", "analyst", "da_coordinator")

    name = models.CharField(max_length=20, choices=RiskThreshold.Name)
    value = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)
    gave = models.ForeignKey(RiskThreshold, models.PROTECT, null=True, related_name="+", editable=False)
    out_of_use_at = models.DateTimeField(null=True, editable=False)

    class Meta(Proposal.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [*Proposal.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.value}"

    def get_absolute_url(self) -> str:
        return reverse("administration-thresholds")
