"""The quarterly return of a forum: counted from its meetings, sent as it stood, compared with what others sent (D.9)."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
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
