"""Who has a record before them just now. Kept for a minute; no record of anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from workflow.models.record import About, about

#: A page tells of itself about every 25 seconds while it is seen; after two that did not come it is taken to be gone.
LASTS = timedelta(seconds=60)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self, at: datetime) -> Self:
        """Those heard of lately at the moment (UTC)."""
        return self.filter(seen_at__gt=at - LASTS)

    def beside(self, subject: Any, user: User, at: datetime) -> Self:
        """Who else has the record before them, the earliest first. Index: presence_of_record."""
        return self.now(at).filter(**about(subject)).exclude(person=user).select_related("person").order_by("since")


class Presence(About):
    """One person on one record: where in it, and since when. Not audited: that they looked is written down already."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.CharField(max_length=60, blank=True, help_text="A section or a decision of the record")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "presence"
        constraints = [
            models.UniqueConstraint(fields=["person", "subject_type", "subject_id"], name="presence_once"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="presence_of_record")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
