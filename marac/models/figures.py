"""The quarterly return of a forum: counted from its meetings, sent as it stood, compared with what others sent (D.9)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Kept, NoSecret
from marac.models.forum import Forum


@pghistory.track()
class QuarterReturn(Kept):
    """The figures of one quarter as they were signed off. A quarter without one is missing, never zero."""

    class State(models.TextChoices):
        SIGNED = "signed", "Signed off"
        REPLACED = "replaced", "Replaced by a later one"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="returns")
    begins_on = models.DateField("first day of the quarter")
    figures = models.JSONField(encoder=DjangoJSONEncoder)
    words = models.TextField("what explains them", max_length=4000, blank=True)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects: ClassVar[Any] = NoSecret.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "begins_on"], condition=Q(state="signed"), name="quarter_return_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, quarter from {self.begins_on}"

    def get_absolute_url(self) -> str:
        return reverse("forum-quarter", args=[self.forum_id, self.begins_on.isoformat()])


class NationalValue(models.Model):
    """A value that others published, beside ours: where it comes from stands with it."""

    figure = models.CharField(max_length=30)
    begins_on = models.DateField("first day of the quarter or year it is of")
    months = models.PositiveSmallIntegerField(default=12)
    place = models.CharField("of which area: England and Wales, a region, a similar force", max_length=120)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "begins_on", "months", "place"], name="national_value_once"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}, {self.place}"


@pghistory.track()
class SelfAssessment(Kept):
    """The forum looks at itself against the ten principles, and says what it will do (S3-036)."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Being written"
        SIGNED = "signed", "Signed off"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="self_assessments")
    on = models.DateField()
    answers = models.JSONField("by principle: 1 not met, 2 partly, 3 met; words; evidence", default=dict)
    plan = models.TextField("what will be done, by whom, by when", max_length=4000, blank=True)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects: ClassVar[Any] = NoSecret.as_manager()

    def __str__(self) -> str:
        return f"{self.forum} looks at itself, {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("self-assessment", args=[self.pk])


class FigureBandQuerySet(models.QuerySet["FigureBand"]):
    def in_force(self, on: date) -> dict[str, FigureBand]:
        """{figure: its band} on a day (London). One query."""
        rows = self.filter(valid_from__lte=on).order_by("figure", "-valid_from", "-pk").distinct("figure")
        return {row.figure: row for row in rows}


class FigureBand(models.Model):
    """Between what a figure is expected to lie, from a day on, with who recommends it (D.9). Never edited, superseded."""

    figure = models.CharField(max_length=30)
    low = models.DecimalField(max_digits=8, decimal_places=2)
    high = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)

    objects: ClassVar[Any] = FigureBandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "valid_from"], name="figure_band_once_a_day"),
            models.CheckConstraint(condition=~Q(authority=""), name="figure_band_has_an_authority"),
            models.CheckConstraint(condition=Q(high__isnull=True) | Q(high__gte=F("low")), name="figure_band_in_order"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.figure} from {self.valid_from}"

    def place(self, value: float) -> str:
        """Where a value lies: "below", "within" or "above"."""
        if value < self.low:
            return "below"
        return "above" if self.high is not None and value > self.high else "within"


class SteeringPaperQuerySet(models.QuerySet["SteeringPaper"]):
    def lacking(self) -> Self:
        """Asked for and not made, the oldest first. Index: steering_paper_to_make."""
        return self.filter(made_at__isnull=True, attempts__lt=SteeringPaper.TRIES).order_by("asked_at", "pk")


class SteeringPaper(models.Model):
    """The report of a quarter to the steering group as a PDF: asked for, made by the worker, kept as it was. No names in it."""

    TRIES = 3

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="steering_papers")
    begins_on = models.DateField("first day of the quarter")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)
    pages = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = SteeringPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "begins_on"], condition=Q(made_at__isnull=True, attempts__lt=3),
                name="steering_paper_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(pdf__isnull=False, pages__gt=0) & ~Q(digest=""),
                name="steering_paper_made_is_whole",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["forum", "begins_on", "-id"], name="steering_paper_of_quarter"),
            models.Index(fields=["asked_at"], condition=Q(made_at__isnull=True), name="steering_paper_to_make"),
        ]

    def __str__(self) -> str:
        return f"report of the quarter from {self.begins_on}"

    @property
    def failed(self) -> bool:
        return self.made_at is None and self.attempts >= self.TRIES
