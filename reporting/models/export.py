"""What leaves as a file: what was asked, for whom, on what basis, how far it has got, and its bytes in parts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: User) -> Self:
        """An export is its asker's alone: it was made with their eyes."""
        return self.filter(asked_by=user)


class Export(models.Model):
    """What leaves as one file or several: what was asked, for whom, on what basis, how far it has got. Moments are UTC.

    The bytes (`ExportPart`) are kept for a day, as the worker made them; they leave only inside a locked zip whose password
    is typed when it is fetched and kept nowhere. `kind` names what makes it (`reporting.exports.KINDS`).
    """

    class Stage(models.TextChoices):
        QUEUED = "queued", "Waiting to be made"
        MAKING = "making", "Being made"
        MADE = "made", "Ready"
        FAILED = "failed", "Could not be made"
        GONE = "gone", "No longer kept"

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, default="audit")
    asked = models.JSONField(default=dict, help_text="The filter, by ids: never a name")
    recipient = models.CharField(max_length=200)
    basis = models.TextField(max_length=1000)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.QUEUED, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    run = models.UUIDField(default=uuid.uuid4)
    rows = models.PositiveIntegerField(default=0)
    cut = models.BooleanField(default=False, help_text="There was more than a file may hold")
    made_at = models.DateTimeField(null=True)
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the list; of several files, of their digests"
    )
    files = models.JSONField(default=list, help_text="Of each file: name, rows, bytes, SHA-256")
    # Kept for a release and read by nothing, a later one drops it: the bytes are in `ExportPart` (0008)
    content = models.BinaryField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="made") | (Q(made_at__isnull=False) & ~Q(digest="")), name="export_made_is_whole"
            ),
            models.CheckConstraint(condition=~Q(stage="gone") | Q(content__isnull=True), name="export_gone_is_empty"),
        ]
        indexes = [
            models.Index(
                fields=["stage", "asked_at"], condition=Q(stage__in=["queued", "making", "made"]), name="export_kept"
            ),
            models.Index(fields=["asked_by", "-id"], name="export_of_person"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("export", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.stage not in (Export.Stage.QUEUED, Export.Stage.MAKING)


class ExportPart(models.Model):
    """A piece of one file of an export, packed; small enough that no more than one need be in memory. Emptied after a day."""

    export = models.ForeignKey(Export, models.PROTECT, related_name="parts", db_index=False)
    run = models.UUIDField(help_text="The attempt that made it; those of an attempt that was given up are never read")
    file = models.PositiveSmallIntegerField(help_text="Which of the files")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "run", "file", "number"], name="export_part_once")]

    def __str__(self) -> str:
        return f"part {self.number} of {self.export_id}"
