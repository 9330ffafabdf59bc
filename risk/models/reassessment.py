"""A look at the risk that is owed because something happened, is about to, or because somebody asked for it (B.7)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.answers import YesOrNo
from risk.models.decision import RiskDecision
from risk.triggers import TRIGGERS, Trigger
from workflow.models import StatefulRecord
from workflow.models.record import RecordQuerySet


class Aligned(models.TextChoices):
    """Whether what police and partners do fits the risk as it is now (S0-021)."""

    YES = "yes", "Yes"
    NO = "no", "No: it must be changed"
    NONE = "none", "There is none"


class ReassessmentQuerySet(RecordQuerySet):
    def owed(self) -> Self:
        """Raised, and neither done nor said to be not needed. Index: reassessment_of_case."""
        return self.standing().filter(state=Reassessment.State.OWED)


@pghistory.track()
class Reassessment(StatefulRecord):
    """Raised once for each occasion. `from_at` is the moment (UTC) from which its clock runs; None: from being raised.

    `asked_by` asked for it and is told what was decided. What merged into another within the hour keeps its own row.
    """

    class State(models.TextChoices):
        OWED = "owed", "Owed"
        MERGED = "merged", "Merged with another"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"
        DROPPED = "dropped", "Dropped: its date moved or was struck out"

    trigger = models.CharField(max_length=20)
    occasion = models.CharField(max_length=120, help_text="What it is raised for, once: course:12:court-before:…")
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(default=0)
    why = models.TextField(max_length=2000)
    now = models.TextField("why now, and what is feared", max_length=2000, blank=True)
    from_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    decision = models.ForeignKey(
        RiskDecision, models.PROTECT, null=True, blank=True, related_name="reassessments"
    )  # several may be answered by one
    outcome = models.TextField("what was found, or why it is not needed", max_length=4000, blank=True)
    spoken = models.CharField("whether the victim was spoken to", max_length=3, choices=YesOrNo, blank=True)
    bail = models.CharField("whether bail fits the risk", max_length=4, choices=Aligned, blank=True)
    bail_words = models.TextField(max_length=2000, blank=True)
    partners = models.CharField("whether what partners do fits the risk", max_length=4, choices=Aligned, blank=True)
    partners_words = models.TextField(max_length=2000, blank=True)
    stage = models.PositiveSmallIntegerField("stage of the eight", null=True, blank=True)
    stage_words = models.TextField("what shows the stage", max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField("when whoever asked read the answer", null=True, blank=True)

    objects: ClassVar[Any] = ReassessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "occasion"], name="reassessment_once_for_an_occasion"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(decision__isnull=False), name="reassessment_done_by_a_decision"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_needed", "dropped"]) | ~Q(outcome=""),
                name="reassessment_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stage__isnull=True) | Q(stage__gte=1, stage__lte=8), name="reassessment_stage_of_eight"
            ),
        ]
        indexes = [
            models.Index(
                fields=["case", "state", "-id"], name="reassessment_of_case"
            ),  # the panel, the guards, merging
            models.Index(fields=["about_type", "about_id"], name="reassessment_about"),  # a date that moved
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def scope(self) -> Any:
        """Whoever may open the case may ask, wherever they hold their role; it is answered by roles over the case's unit."""
        return self.case.unit if self.pk else None

    @property
    def kind(self) -> Trigger:
        return TRIGGERS[self.trigger]

    @property
    def label(self) -> str:
        row = TRIGGERS.get(self.trigger)
        return row.label if row else self.trigger

    @classmethod
    def worked_by(cls, user: User) -> Any:
        """Those of cases in the person's own work."""
        cases: Any = cls._meta.get_field("case").related_model
        return cls.objects.filter(case__in=cases.objects.worked_by(user).order_by().values("pk"))
