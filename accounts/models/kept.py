"""What every row that steps move has in common: a version, and whose it is when it lies in no case folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models.person import User
    from accounts.models.unit import Unit


class Versioned(models.Model):
    """A row whose version goes up by one with each act, so that nobody writes over what they have not seen."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a whole-row update: it would write back columns that somebody else has changed meanwhile."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            raise TypeError(f"Save a {self._meta.verbose_name} with update_fields.")
        super().save(*args, **kwargs)


class NoSecret(models.QuerySet[Any]):
    """Rows that are no secret to anybody who works here; what may be done to one is asked by its table."""

    def visible_to(self, user: User) -> Self:
        return self.all() if user.is_active else self.none()


class Kept(Versioned):
    """What is administered by steps: whose, since when, by whom, in which version. It lies in no folder."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    folder = None

    class Meta:
        abstract = True

    @property
    def scope(self) -> Unit:
        return self.unit
