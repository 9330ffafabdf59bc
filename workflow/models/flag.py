"""A feature turned on or off for a unit and all beneath it, from one moment to another."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Kept, NoSecret, current


class FlagQuerySet(NoSecret):
    def in_force(self, flag: str, at: datetime) -> Self:
        """The settings of a feature at the moment (UTC), newest first."""
        return self.filter(current("from_at", "until", at), flag=flag).order_by("-from_at", "-pk")


class FlagSetting(Kept):
    """Overrides what the code says of a feature (`workflow/flags.py`). Made and ended by steps, never by hand."""

    class State(models.TextChoices):
        SET = "set", "Set"

    flag = models.CharField(max_length=40)
    is_on = models.BooleanField()
    from_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=4000)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("from_at")), name="flag_ends_later")
        ]
        indexes = [models.Index(fields=["flag", "-from_at"], name="flag_in_force")]

    def __str__(self) -> str:
        return f"{self.flag} {'on' if self.is_on else 'off'}"

    def get_absolute_url(self) -> str:
        """Where every feature stands."""
        return reverse("features")
