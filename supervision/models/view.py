"""How somebody likes to see their work: what a queue is narrowed by, which columns, and the keys that move in it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class QueueView(models.Model):
    """One person's view of one queue, kept until they change it. Codes and ids only, never a name; nobody else sees it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="queue_views")
    queue = models.CharField(max_length=20)
    filters = models.CharField(max_length=2000, blank=True, help_text="As they stand in an address: grade=high")
    columns = ArrayField(models.CharField(max_length=20), null=True, help_text="Chosen columns; null: as shipped")
    compact = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "queue"], name="queue_view_of_person")]

    def __str__(self) -> str:
        return f"view of {self.queue}"


class Keyboard(models.Model):
    """The keys by which somebody moves in queues and decisions. Off until they turn it on; `keys` are those they changed."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="keyboard")
    on = models.BooleanField(default=False)
    keys = models.JSONField(default=dict, help_text="Act → key, for those that are not as shipped")

    def __str__(self) -> str:
        return "keys on" if self.on else "keys off"
