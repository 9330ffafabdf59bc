"""An interview with somebody of a case: planned, the plan approved, held, its summary checked (S3-104)."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.urls import reverse

from cases.models.involvement import Involvement
from workflow.models import RecordQuerySet, StatefulRecord


class InterviewKind(models.TextChoices):
    SUSPECT = "suspect", "Suspect, under caution"
    VOLUNTARY = "voluntary", "Suspect, attending voluntarily"
    VIDEO = "video", "Person harmed or witness, on video (ABE)"
    STATEMENT = "statement", "Person harmed or witness, in writing"


@pghistory.track()
class Interview(StatefulRecord):
    """One interview. Nobody approves a plan, or checks a summary, that they wrote."""

    class State(models.TextChoices):
        PLANNING = "planning", "Being planned"
        PLAN_SENT = "plan_sent", "Plan with a supervisor"
        PLANNED = "planned", "Plan approved"
        SUMMARY_SENT = "summary_sent", "Summary with a supervisor"
        CHECKED = "checked", "Summary checked"
        CALLED_OFF = "called_off", "Not held"

    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="interviews")
    kind = models.CharField(max_length=12, choices=InterviewKind)
    # The plan
    aims = models.TextField("what the interview is for", max_length=4000, blank=True)
    topics = models.TextField("topics, in order", max_length=4000, blank=True)
    to_prove = models.TextField("points to prove, and defences", max_length=4000, blank=True)
    needs = models.TextField("needs of the person", max_length=2000, blank=True)
    who = models.CharField("who interviews, and who is with the person", max_length=300, blank=True)
    # The summary
    held_at = models.DateTimeField("when it was held", null=True, blank=True)
    summary = models.TextField("what was said", max_length=8000, blank=True)
    kept_where = models.CharField("reference of the recording or statement", max_length=100, blank=True)
    follow_up = models.TextField("what follows from it", max_length=4000, blank=True)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="interview_of_case")]  # the panel

    def __str__(self) -> str:
        return "interview"

    def get_absolute_url(self) -> str:
        return reverse("record", args=["interview", self.pk])
