"""A file of a case. Its bytes lie outside the database by their digest, are written once and never altered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models.answers.evidence import FileKind
from workflow.models import StatefulRecord


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was looked at and lies on the disk already. `waits`: no scanner has passed it, so nobody may open it."""

    type: str
    size: int  # bytes
    digest: str
    scanned_at: datetime | None
    waits: bool


@pghistory.track()
class Attachment(StatefulRecord):
    """One file as somebody gave it. What it was called on their device is not kept: names of files name people."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the virus scan"
        KEPT = "kept", "Kept"
        REFUSED = "refused", "Refused: a virus was found"
        STRUCK = "struck", "Taken out"

    incident = models.ForeignKey("cases.Incident", models.PROTECT, null=True, blank=True, related_name="files")
    kind = models.CharField(max_length=20, choices=FileKind)
    words = models.CharField("what it shows", max_length=300, blank=True)
    taken_at = models.DateTimeField("when it was taken", null=True, blank=True)
    type = models.CharField(max_length=10, help_text="A code of the table of types, by content")
    size = models.BigIntegerField(help_text="bytes")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes as they were given")
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-id"], name="attachment_of_case"),
            models.Index(fields=["id"], condition=Q(state="waiting"), name="attachment_waiting"),  # the sweep
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("case-files", args=[self.case.reference])
