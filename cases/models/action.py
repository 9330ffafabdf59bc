"""What was done to make somebody safer: one row for each positive action of an incident (A.8)."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.answers import Accepted, PositiveAction
from cases.models.incident import Incident
from workflow.models import CaseRecord


@pghistory.track()
class ActionTaken(CaseRecord):
    """One positive action: what, when, by whom, how it was taken, and the supervisor who endorsed it (S2-003).

    "None" is a row too, with the reason: positive action is expected, and its absence is said (S4-004). Moments are UTC.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="actions")
    kind = models.CharField("what was done", max_length=20, choices=PositiveAction)
    done_at = models.DateTimeField("when", null=True, blank=True)
    done_by = models.CharField("by whom", max_length=100, blank=True)
    what = models.TextField("details", max_length=2000, blank=True)
    answer = models.CharField("how it was taken", max_length=12, choices=Accepted, blank=True)
    endorsed_at = models.DateTimeField(null=True, blank=True, editable=False)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name_plural = "actions taken"
        constraints = [
            models.CheckConstraint(
                condition=Q(endorsed_at__isnull=True, endorsed_by__isnull=True)
                | Q(endorsed_at__isnull=False, endorsed_by__isnull=False),
                name="action_endorsed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_none(self) -> bool:
        return self.kind == PositiveAction.NONE

    @property
    def at(self) -> datetime:
        """When it was done, or recorded where nobody said."""
        moment: datetime = self.done_at or self.recorded_at
        return moment
