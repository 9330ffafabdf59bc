"""The append-only record: what happened (`Event`, chained per folder) and who looked (`Access`, sealed each minute)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

SYSTEM_CHAIN = 0  # the chain of acts that belong to no folder: postings, settings


class Operation(models.TextChoices):
    """The six operations that a log must tell apart (DPA 2018 s62)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


class Event(models.Model):
    """One act. `at` is when it was done, `recorded_at` when it was entered; the digest covers both and the event before."""

    chain = models.BigIntegerField(help_text="Id of the folder, or 0 for acts outside any folder")
    number = models.PositiveIntegerField(help_text="Place in its chain, from 1")
    name = models.CharField(max_length=80, help_text="workflow.step, for instance incident.submit")
    operation = models.CharField(max_length=20, choices=Operation)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    changes = models.JSONField(default=dict, help_text="Field: [before, after]; never read by a page or a measure")
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="event_one_of_each_number")]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="event_of_subject"),
            models.Index(fields=["by", "recorded_at"], name="event_of_person"),
            # the explorer: everything between two moments, and the rare operations among much that is common
            models.Index(fields=["-recorded_at", "-id"], name="event_by_moment"),
            models.Index(
                fields=["operation", "-recorded_at"],
                condition=~models.Q(operation__in=[Operation.COLLECTION, Operation.ALTERATION]),
                name="event_rare_operation",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name} {self.chain}/{self.number}"


class Seal(models.Model):
    """A minute's consultations, digested together and chained to the seal before."""

    sealed_at = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.count} sealed at {self.sealed_at:%Y-%m-%d %H:%M}"


class Access(models.Model):
    """One consultation: who looked at what, when, and why. Inserted unchained, sealed within the minute."""

    class Kind(models.TextChoices):
        VIEW = "view"
        REASON = "reason"
        SEARCH = "search"
        EXPORT = "export"
        PRINT = "print"
        READ = "read"  # by another system
        DENIED = "denied"

    kind = models.CharField(max_length=10, choices=Kind)
    operation = models.CharField(max_length=20, choices=Operation, default=Operation.CONSULTATION)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    chain = models.BigIntegerField(null=True, help_text="Id of the folder that was opened, if one was")
    what = models.CharField(max_length=80, help_text="The page or object, by type and id: never a name")
    reason_code = models.CharField(max_length=30, blank=True)
    reason = models.TextField(max_length=1000, blank=True)
    terms = models.TextField(max_length=500, blank=True)
    hits = ArrayField(models.BigIntegerField(), default=list)
    session = models.CharField(max_length=64, blank=True, help_text="Digest of the session key")
    address = models.GenericIPAddressField(null=True)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="accesses")

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(seal__isnull=True), name="access_unsealed"),
            models.Index(fields=["chain", "-at"], name="access_of_folder"),  # who has looked; reason given lately
            models.Index(fields=["by", "-at"], name="access_by_person"),
            # the explorer: between two moments; the rare kinds and operations; a person's page; whoever a search showed
            models.Index(fields=["-at", "-id"], name="access_by_moment"),
            models.Index(fields=["kind", "-at"], condition=~models.Q(kind="view"), name="access_rare_kind"),
            models.Index(
                fields=["operation", "-at"],
                condition=~models.Q(operation=Operation.CONSULTATION),
                name="access_rare_operation",
            ),
            models.Index(
                fields=["what", "-at"], condition=models.Q(chain__isnull=True, kind="view"), name="access_of_page"
            ),
            GinIndex(fields=["hits"], name="access_hits"),
        ]
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="read_only_but_seal", exclude=["seal"]),
            pgtrigger.Protect(
                name="sealed_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__seal__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.what}"
