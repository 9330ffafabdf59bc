"""A supervisor's check of the quality of somebody's work: row by row of a checklist, with what is to be mended (B.8)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from workflow.models import CaseRecord
from workflow.models.record import About


class QualityCheck(About, CaseRecord):
    """One look through the checklist of a kind of work, by somebody other than whoever did it. Never changed: a later look
    is another row, and the newest is the one that counts.
    """

    class Kind(models.TextChoices):
        DASH = "dash", "DASH"
        PLAN = "plan", "Safety plan"

    kind = models.CharField(max_length=20, choices=Kind)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Whose work it is"
    )
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", help_text="The team of the case then")
    passed = models.PositiveSmallIntegerField()
    advised = models.PositiveSmallIntegerField()
    returned = models.PositiveSmallIntegerField()
    marked = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="Numbers of questions to mend")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(recorded_by=F("officer")), name="quality_check_by_another"),
            models.CheckConstraint(
                condition=Q(passed__gt=0) | Q(advised__gt=0) | Q(returned__gt=0) | ~Q(marked=[]),
                name="quality_check_says",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="quality_check_of_subject"),
            models.Index(fields=["unit", "recorded_at"], name="quality_check_of_team"),  # the trends
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.passed} of {self.decided} passed"

    @property
    def decided(self) -> int:
        return self.passed + self.advised + self.returned

    @property
    def score(self) -> int | None:
        """The share of the rows decided that passed, in whole per cent; None where only questions were marked."""
        return round(100 * self.passed / self.decided) if self.decided else None


class QualityVerdict(models.Model):
    """One row of the checklist as it was decided, with what is said to the officer."""

    class Verdict(models.TextChoices):
        PASS = "pass", "Pass"  # noqa: S105 - a verdict, no secret
        ADVISE = "advise", "Advise"
        RETURN = "return", "Return"

    check_of = models.ForeignKey(QualityCheck, models.PROTECT, related_name="verdicts")
    row = models.CharField(max_length=20, help_text="The code of the row in the checklist")
    verdict = models.CharField(max_length=10, choices=Verdict)
    words = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_of", "row"], name="quality_verdict_once_a_row"),
            models.CheckConstraint(condition=Q(verdict="pass") | ~Q(words=""), name="quality_verdict_says_what"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.row}: {self.verdict}"
