"""What is printed: a paper that somebody asked for, how far it has got, and its bytes in a table of their own."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from workflow.clock import LONDON

if TYPE_CHECKING:
    from accounts.models import User

MARKING = "OFFICIAL-SENSITIVE"
UNHEARD = timedelta(seconds=30)  # queued for longer: the broker may never have been told
STUCK = timedelta(minutes=10)  # being made for longer: its worker is gone, the time limit of a task is not more
TRIES = 3


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> Self:
        """The papers of cases that the person may open: hidden with the case, whoever asked for them."""
        return self.filter(case__in=Case.objects.visible_to(user).values("pk"))

    def unfinished(self) -> Self:
        return self.filter(stage__in=[Document.Stage.QUEUED, Document.Stage.MAKING])

    def unheard(self, now: datetime) -> Self:
        """Asked for, and no worker has begun."""
        return self.filter(stage=Document.Stage.QUEUED, asked_at__lt=now - UNHEARD)

    def stuck(self, now: datetime) -> Self:
        """Begun by a worker that must be gone by now."""
        return self.filter(stage=Document.Stage.MAKING, taken_at__lt=now - STUCK)


class Document(models.Model):
    """One paper of one case, made by the worker with the eyes of whoever asked. Moments are UTC.

    `as_at` is the moment the case was read, so the moment that the paper shows; empty until then. `run` names the
    attempt that is making it, or made it: a second worker with the same task finds that it is not the one.
    """

    class Kind(models.TextChoices):
        CASE_FILE = "case-file", "case file"

    class Stage(models.TextChoices):
        QUEUED = "queued", "Waiting to be made"
        MAKING = "making", "Being made"
        MADE = "made", "Ready"
        FAILED = "failed", "Could not be made"

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CASE_FILE)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.QUEUED, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, help_text="When the latest attempt began")
    run = models.UUIDField(default=uuid.uuid4, help_text="The latest attempt; printed on the paper")
    progress = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=80, default="Waiting for its turn")
    as_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the bytes")
    failed_because = models.CharField(max_length=300, blank=True)
    shows = ArrayField(models.CharField(max_length=60), default=list, help_text="Panels on the paper, by name")
    drawn_from = ArrayField(models.BigIntegerField(), default=list, help_text="Other cases that know of its people")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "asked_by"],
                condition=Q(stage__in=["queued", "making"]),
                name="document_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="document_progress_in_hundredths"),
            models.CheckConstraint(
                condition=~Q(stage="made")
                | (Q(as_at__isnull=False, made_at__isnull=False, pages__gt=0) & ~Q(digest="")),
                name="document_made_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(stage="failed") | ~Q(failed_because=""), name="document_failed_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["stage", "asked_at"], condition=Q(stage__in=["queued", "making"]), name="document_unfinished"
            ),
            models.Index(fields=["case", "-asked_at"], name="document_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.stage in (Document.Stage.MADE, Document.Stage.FAILED)

    @property
    def file_name(self) -> str:
        """Marking, reference, kind and the London moment it shows. No name: file names travel further than files."""
        moment = (self.as_at or self.asked_at).astimezone(LONDON)
        return f"{MARKING} {self.case.reference} {self.get_kind_display()} {moment:%Y-%m-%d %H%M}.pdf"


class DocumentContent(models.Model):
    """The bytes, apart from the row that lists and progress pages read; in the database, backed up with the case."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="content")
    pdf = models.BinaryField()

    def __str__(self) -> str:
        return f"content of {self.document_id}"


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: User) -> Self:
        """An export is its asker's alone: it was made with their eyes."""
        return self.filter(asked_by=user)


class Export(models.Model):
    """A list that leaves as a file: what was asked, for whom, on what basis, how far it has got. Moments are UTC.

    The bytes are kept for a day, as the worker made them; they leave only inside a locked zip whose password is typed when
    it is fetched and kept nowhere.
    """

    class Stage(models.TextChoices):
        QUEUED = "queued", "Waiting to be made"
        MAKING = "making", "Being made"
        MADE = "made", "Ready"
        FAILED = "failed", "Could not be made"
        GONE = "gone", "No longer kept"

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
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
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the list")
    content = models.BinaryField(null=True, help_text="The list, packed; emptied after a day")

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="made") | (Q(made_at__isnull=False, content__isnull=False) & ~Q(digest="")),
                name="export_made_is_whole",
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
