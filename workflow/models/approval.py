"""One person's question to another: decided by somebody else, on the version that they saw."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from workflow.models.record import About


class Approval(About):
    """Asked by one, decided by another; withdrawn by the asker. One open to a subject and question."""

    class Verdict(models.TextChoices):
        OPEN = "", "Waiting"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned"
        WITHDRAWN = "withdrawn", "Withdrawn"

    of = models.CharField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    evidence = models.JSONField(default=dict)
    seen_version = models.PositiveIntegerField(help_text="The subject's version as sent")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True, default=Verdict.OPEN)
    reason = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="approval_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["approved", "returned"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="approval_decision_has_a_decider",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "of"], condition=Q(verdict=""), name="approval_one_open"
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-asked_at"], name="approval_of_subject")]

    def __str__(self) -> str:
        return f"{self.of}: {self.get_verdict_display()}"
