"""A feature turned on or off for a unit and all beneath it, from one moment to another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import current

if TYPE_CHECKING:
    from accounts.models import Unit, User


class FlagQuerySet(models.QuerySet["FlagSetting"]):
    def visible_to(self, user: User) -> Self:
        """Which features are on is no secret to anybody who signs in."""
        return self.all() if user.is_active else self.none()

    def in_force(self, flag: str, at: datetime) -> Self:
        """The settings of a feature at the moment (UTC), newest first."""
        return self.filter(current("from_at", "until", at), flag=flag).order_by("-from_at", "-pk")


class FlagSetting(models.Model):
    """Overrides what the code says of a feature (`workflow/flags.py`). Made and ended by steps, never by hand."""

    class State(models.TextChoices):
        SET = "set", "Set"

    flag = models.CharField(max_length=40)
    is_on = models.BooleanField()
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=4000)
    state = models.CharField(max_length=30, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    folder = None

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("from_at")), name="flag_ends_later")
        ]
        indexes = [models.Index(fields=["flag", "-from_at"], name="flag_in_force")]

    def __str__(self) -> str:
        return f"{self.flag} {'on' if self.is_on else 'off'}"

    @property
    def scope(self) -> Unit:
        return self.unit

    def get_absolute_url(self) -> str:
        """Where every feature stands."""
        return reverse("features")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and kwargs.get("update_fields") is None:
            raise TypeError("Save a flag setting with update_fields.")
        super().save(*args, **kwargs)
