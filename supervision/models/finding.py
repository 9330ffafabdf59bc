"""What the monitors of the night have found: where to look, never what stands there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Finding(models.Model):
    """One row that must not be there, found by one monitor. It goes when a later night does not find it again."""

    monitor = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    case = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(default=timezone.now, help_text="The first night that found it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monitor", "subject_type", "subject_id"], name="finding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.monitor}: {self.subject_type} {self.subject_id}"
