"""The second look: a sample of decisions that anybody can draw again, and what was found (H2, H3)."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dvds.models.application import Application
from workflow.models import StatefulRecord


@pghistory.track()
class SecondLook(StatefulRecord):
    """One decision drawn to be read again by somebody who had no part in it. `seed` and `drawn_for` draw the same again."""

    class State(models.TextChoices):
        DRAWN = "drawn", "To be read"
        SOUND = "sound", "Sound"
        CONCERN = "concern", "Not sound: to be put right"

    application = models.ForeignKey(Application, models.PROTECT, related_name="second_looks")
    drawn_for = models.DateField("month it was drawn for")
    seed = models.CharField(max_length=40, editable=False)
    searches_whole = models.CharField(max_length=3, blank=True)
    reasons_given = models.CharField(max_length=3, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    looked_at = models.DateTimeField(null=True, editable=False)

    READ_AGAIN: ClassVar[frozenset[str]] = frozenset({State.SOUND, State.CONCERN})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "drawn_for"], name="second_look_once"),
            models.CheckConstraint(condition=Q(state="drawn") | ~Q(words=""), name="second_look_with_words"),
        ]
        indexes = [models.Index(fields=["state", "drawn_for", "id"], name="second_look_to_do")]

    def __str__(self) -> str:
        return self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("record", args=["second-look", self.pk])
