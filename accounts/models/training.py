"""What training somebody has passed, and until when it counts (R-02)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models.kept import Kept, NoSecret


class Course(models.TextChoices):
    """What a force trains people in here. DASH is asked of whoever completes an assessment (R-02)."""

    DASH = "dash", "DASH"
    STALKING = "stalking", "Stalking (S-DASH)"
    HONOUR = "honour", "So-called honour (H-DASH)"
    CHANGE = "change", "Domestic abuse, cultural change"
    ACHIEVING = "achieving", "Interviewing on video (ABE)"


class TrainingQuerySet(NoSecret):
    def current(self, course: str, on: date) -> Self:
        """What counts on a day: passed by then, not run out, not struck out."""
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        return self.filter(lasting, course=course, passed_on__lte=on, state=Training.State.RECORDED)

    def lacking(self, course: str, people: Iterable[int], on: date) -> set[int]:
        """Those of the people (ids) who have no training in the course that counts on the day. Index: training_of_person."""
        asked = set(people)
        return asked - set(self.current(course, on).filter(person__in=asked).values_list("person_id", flat=True))


class Training(Kept):
    """One course passed. One recorded wrongly is struck out and kept."""

    class State(models.TextChoices):
        RECORDED = "recorded", "Recorded"
        STRUCK = "struck", "Struck out"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainings")
    course = models.CharField(max_length=12, choices=Course)
    passed_on = models.DateField("day on which it was passed")
    valid_until = models.DateField("last day on which it counts", null=True, blank=True)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects: ClassVar[Any] = TrainingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("passed_on")),
                name="training_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "course", "-passed_on"], name="training_of_person"),
            models.Index(fields=["course", "valid_until", "id"], name="training_running_out"),  # the list
        ]

    def __str__(self) -> str:
        return f"{self.get_course_display()}, passed {self.passed_on}"

    def get_absolute_url(self) -> str:
        return reverse("training-of", args=[self.person_id])
