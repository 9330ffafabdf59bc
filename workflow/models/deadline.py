"""What is owed, by when, and every date it has had."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Posting
from workflow.models.record import About, folder_model

if TYPE_CHECKING:
    from accounts.models import User


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> Self:
        return self.filter(stopped_at__isnull=True)

    def overdue(self, now: datetime) -> Self:
        return self.open().filter(due_at__lt=now)

    def listen_again(self, unit_id: int, now: datetime) -> int:
        """Somebody may now hear what nobody could, in the unit or beneath it: the next sweep asks. Returns how many."""
        unheard = self.open().filter(unheard_at__isnull=False, unit__lineage__contains=[unit_id])
        return unheard.update(next_rung_at=now)

    def worked_by(self, user: User) -> Self:
        """Of cases in the person's own work, for queues."""
        return self.filter(case__in=folder_model().objects.worked_by(user).values("pk"))

    def visible_to(self, user: User) -> Self:
        """Of the files that the person reads; of another case that they may open, what the unit owes at which they work."""
        cases = folder_model().objects
        own = Posting.objects.current().filter(user=user).order_by().values("unit_id")
        theirs = Q(unit__in=own, case__in=cases.visible_to(user).values("pk"))
        return self.filter(Q(case__in=cases.read_by(user).values("pk")) | theirs)


class Deadline(About):
    """One thing owed by a subject. Moments only: overdue is a question asked of `due_at`, never a state."""

    case = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, null=True, related_name="deadlines")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    policy = models.CharField(max_length=60)
    profile = models.CharField(max_length=40, blank=True)
    setting = models.ForeignKey("workflow.PolicySetting", models.PROTECT, null=True, related_name="+")
    length = models.CharField(max_length=40, help_text="The length in force when it started: working-days:10")
    source_type = models.CharField(max_length=60, help_text="The record whose fact started it")
    source_id = models.BigIntegerField()
    started_by_event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    started_at = models.DateTimeField(help_text="The fact, not the click")
    due_at = models.DateTimeField()
    critical_at = models.DateTimeField(null=True, help_text="When an inspector is to be told")
    next_rung_at = models.DateTimeField(null=True)
    unheard_at = models.DateTimeField(null=True, help_text="A rung found nobody to tell")
    stopped_at = models.DateTimeField(null=True, help_text="When it was done, by the fact")
    stopped_by_event = models.ForeignKey("audit.Event", models.PROTECT, null=True, related_name="+")
    dropped_because = models.CharField(max_length=200, blank=True, help_text="No longer owed, and why")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "policy", "started_by_event"], name="deadline_once_for_an_event"
            ),
        ]
        indexes = [
            # the team's queue and my own, by due moment, paged by (due_at, id)
            models.Index(fields=["unit", "due_at", "id"], condition=Q(stopped_at__isnull=True), name="deadline_unit"),
            models.Index(fields=["holder", "due_at", "id"], condition=Q(stopped_at__isnull=True), name="deadline_mine"),
            # the sweep
            models.Index(
                fields=["next_rung_at"],
                condition=Q(stopped_at__isnull=True, next_rung_at__isnull=False),
                name="deadline_next_rung",
            ),
            models.Index(fields=["case", "due_at"], name="deadline_of_case"),  # what is owed on the case page
            models.Index(fields=["subject_type", "subject_id", "policy"], name="deadline_of_subject"),  # starts, stops
            models.Index(fields=["source_type", "source_id"], name="deadline_of_source"),  # a corrected fact
            models.Index(fields=["unheard_at"], condition=Q(unheard_at__isnull=False), name="deadline_unheard"),
        ]

    def __str__(self) -> str:
        return f"{self.policy} due {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def source(self) -> Any:
        return apps.get_model(self.source_type)._default_manager.get(pk=self.source_id)

    @property
    def is_open(self) -> bool:
        return self.stopped_at is None

    @property
    def met(self) -> bool:
        """Done, by the fact, no later than it was due."""
        return self.stopped_at is not None and not self.dropped_because and self.stopped_at <= self.due_at


class DueChange(models.Model):
    """A value that a due moment has had, with why. The newest is the one in force."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="changes")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M}: {self.why}"
