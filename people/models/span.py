"""From when until when something was so, as exactly as anybody said: the day, the month or only the year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models.birth import PartialDay
from workflow.clock import LONDON


class Part(models.TextChoices):
    """How much of a date was said."""

    DAY = "day", "The day"
    MONTH = "month", "The month"
    YEAR = "year", "The year"


def part_of(said: PartialDay) -> str:
    if said.day:
        return str(Part.DAY)
    return str(Part.MONTH if said.month else Part.YEAR)


def first_day(said: PartialDay) -> date:
    return date(said.year, said.month or 1, said.day or 1)


def last_day(said: PartialDay) -> date:
    month = said.month or 12
    return date(said.year, month, said.day or monthrange(said.year, month)[1])


def as_partial(day: date, part: str) -> PartialDay:
    """What was said, from the day and the part that were kept of it."""
    return PartialDay(day.year, None if part == Part.YEAR else day.month, day.day if part == Part.DAY else None)


def span_columns(since: PartialDay | None, until: PartialDay | None = None) -> dict[str, Any]:
    """The columns of a span: a month said as its beginning is its first day, as its end its last."""
    return {
        "since": first_day(since) if since else None, "since_part": part_of(since) if since else "",
        "until": last_day(until) if until else None, "until_part": part_of(until) if until else "",
    }  # fmt: skip


def span_ends_after_it_begins(name: str) -> models.CheckConstraint:
    """The constraint of a model with a span."""
    return models.CheckConstraint(
        condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")), name=name
    )


class Spanned(models.Model):
    """The four columns. Without an end it is so still, as far as anybody knows."""

    since = models.DateField("from", null=True, blank=True)
    since_part = models.CharField(max_length=5, choices=Part, blank=True, editable=False)
    until = models.DateField("to", null=True, blank=True)
    until_part = models.CharField(max_length=5, choices=Part, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def over(self) -> bool:
        """Whether it had ended before today in London."""
        return self.until is not None and self.until < timezone.now().astimezone(LONDON).date()

    @property
    def offered(self) -> bool:
        """What is over is not asked again: it was true, and stays history."""
        return not self.over

    @property
    def span_words(self) -> str:
        """March 2021 to June 2023; since March 2021; until June 2023."""
        told = {
            "since": as_partial(self.since, self.since_part) if self.since else "",
            "until": as_partial(self.until, self.until_part) if self.until else "",
        }
        if self.since and self.until:
            return _("%(since)s to %(until)s") % told
        if self.since:
            return _("since %(since)s") % told
        return _("until %(until)s") % told if self.until else ""
