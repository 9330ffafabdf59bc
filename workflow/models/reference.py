"""Lists that a force words for itself: the answers to a question, each with the days on which it is offered."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import NoSecret, Unit, Versioned


class ReferenceQuerySet(NoSecret):
    def offered(self, of: str, on: date) -> Self:
        """The answers of a list on a day (London), in their order."""
        ended = Q(until__isnull=False, until__lte=on)
        return self.filter(~ended, of=of, since__lte=on).order_by("order", "pk")


class ReferenceEntry(Versioned):
    """One answer of one list. Its code is kept with every record that gave it, so it is ended and never deleted."""

    class List(models.TextChoices):
        OPENING = "opening", "Why a case outside one's own work is opened"

    class State(models.TextChoices):
        KEPT = "kept", "Kept"

    of = models.CharField("list", max_length=20, choices=List)
    code = models.SlugField(max_length=30)
    label = models.CharField(max_length=120)
    hint = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=100)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text="From this day on it is offered no longer")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.KEPT, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    folder = None

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reference entries"
        constraints = [
            models.UniqueConstraint(fields=["of", "code"], name="reference_code_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="reference_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def scope(self) -> Unit:
        """The force's own list: kept over the whole of it. A shipped row names no unit and is the root's."""
        return self.unit or Unit.objects.root()

    def get_absolute_url(self) -> str:
        return reverse("administration-lists")
