"""Why an answer and what is on record differ, in the words of whoever completes the assessment."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from risk.models.assessment import Assessment
from workflow.models import CaseRecord


@pghistory.track()
class Explanation(CaseRecord):
    """One contradiction explained. `sentence` is what stood on the page when it was."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="explanations")
    key = models.SlugField(max_length=30)
    sentence = models.CharField(max_length=300)
    words = models.TextField(max_length=1000)
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    explained_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "key"], condition=Q(struck_out_at__isnull=True), name="explanation_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="explanation_is_words"),
        ]

    def __str__(self) -> str:
        return self.key
