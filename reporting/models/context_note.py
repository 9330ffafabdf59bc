"""What a reader of a chart should know: a pandemic, a new system, another way of answering calls (S0-017)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Kept, Unit
from reporting.models.feedback.heard import measure_codes
from reporting.models.feedback.reading import OfTheForce


class ContextNoteQuerySet(OfTheForce):
    def on_chart(self, measure: str, first: date, last: date, unit: Unit | None) -> Self:
        """Those in use that concern a measure in a window, of the unit or of one above it; the earliest first. Index:
        context_note_in_use.
        """
        above = unit.lineage if unit is not None else [Unit.objects.root().pk]
        rows = self.filter(state=ContextNote.State.IN_USE, from_on__lte=last, unit__in=above)
        lasted = Q(until_on__isnull=True, from_on__gte=first) | Q(until_on__gte=first)
        return rows.filter(lasted, Q(measures=[]) | Q(measures__contains=[measure])).order_by("from_on", "pk")


@pghistory.track()
class ContextNote(Kept):
    """Something that happened on a day, or from one day to another, and what it does to figures. Nobody is named in it.

    `unit` is whose figures it concerns, with all beneath it; `measures` their codes, none for all of them.
    """

    class State(models.TextChoices):
        IN_USE = "in_use", "On the charts"
        WITHDRAWN = "withdrawn", "Taken off the charts"

    from_on = models.DateField("first day")
    until_on = models.DateField("last day; the first one where there is none", null=True, blank=True)
    title = models.CharField(max_length=80)
    words = models.TextField("what it does to figures", max_length=2000)
    measures = measure_codes()
    source = models.CharField("who said so", max_length=200)
    authority = models.CharField("where it is written down", max_length=300, blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.IN_USE, editable=False)

    objects: ClassVar[Any] = ContextNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="context_note_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["from_on"], condition=Q(state="in_use"), name="context_note_in_use")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("context-note", args=[self.pk])
