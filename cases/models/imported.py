"""Where a row came from that a force brought with it: which run of the import, and what the row was called there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportRun(models.Model):
    """One run over three files. `digest` is that of the files: the same files again go on where they stopped."""

    source = models.CharField(max_length=60, help_text="The system that the records come from")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    incidents = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="import_run_once")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportedRow(models.Model):
    """One row of a file and the row that it became: what makes a second run change nothing, and says whence a fact comes."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        INCIDENT = "incident", "Incident"

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rows", db_index=False)
    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    external_id = models.CharField(max_length=80)
    row_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "external_id"], name="imported_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"
