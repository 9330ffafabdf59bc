"""Looks at a case whose suspect is police or staff: an outbox that the database itself fills, so that no way in is missed."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

WATCHED = "police_suspect"  # the marker that has a case watched; the trigger in the migration names it too


class WatchedLookQuerySet(models.QuerySet["WatchedLook"]):
    def waiting(self) -> Self:
        """Not heard yet, the earliest first. Index: watched_look_waiting."""
        return self.filter(heard_at__isnull=True).order_by("pk")


class WatchedLook(models.Model):
    """One look that touched such a case: a view, a hit of a search, a refused attempt.

    Or a search that would have hit a case hidden from whoever searched, marked or not. Written by the trigger `watch_looks`
    of the record of consultations, in the transaction of the look; heard by the worker within seconds, as a reaction is.
    """

    access = models.ForeignKey("audit.Access", models.PROTECT, related_name="+")
    case = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(null=True)

    objects = WatchedLookQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["access", "case"], name="watched_look_once")]
        indexes = [models.Index(fields=["id"], condition=Q(heard_at__isnull=True), name="watched_look_waiting")]

    def __str__(self) -> str:
        return f"look {self.access_id}"


class Look(models.Model):
    """One case that somebody looked at, and when: a question (a view of the database), not a table.

    Read from the record of consultations: the case that was opened, and, of the page of a person or a place, every case whose
    content it showed and every case the person takes part in. So nobody looks at a case through a person unseen. A list of
    cases is no look at each of them. `thing` is the page: a case, a person or a place, however many cases stand on it.
    One page may be several rows with one `id`: it is asked for counts and groups alone.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    chain = models.BigIntegerField(help_text="Id of the case, as the record of consultations calls it")
    thing = models.TextField()

    class Meta:
        managed = False
        db_table = "cases_look"

    def __str__(self) -> str:
        return f"look {self.pk}"


class StaffHome(models.Model):
    """Where somebody who works here lives, as a keyed digest: it can be compared with an address, and not be read."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"home of {self.user_id}"
