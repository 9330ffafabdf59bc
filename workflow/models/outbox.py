"""What an act causes elsewhere, written in the act's own transaction and run by the worker."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Outbox(models.Model):
    """One reaction to one event. Unique on both, so that it happens once; swept, so that it happens."""

    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    reaction = models.CharField(max_length=60)
    queued_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(
        max_length=300, blank=True, help_text="The kind of fault: never its text, which may name people"
    )
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "outbox"
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="reaction_once_for_an_event")]
        indexes = [models.Index(fields=["next_at"], condition=Q(done_at__isnull=True), name="outbox_to_run")]

    def __str__(self) -> str:
        return self.reaction
