"""When somebody was born, as exactly as anybody said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from people.models.fact import Fact
from workflow.clock import LONDON

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
OLDEST = 125


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day as far as somebody knows it: the year, perhaps the month, perhaps the day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        return date(self.year, self.month, self.day) if self.month and self.day else None

    def __str__(self) -> str:
        parts = (self.day if self.month else None, MONTHS[self.month - 1] if self.month else None, self.year)
        return " ".join(str(part) for part in parts if part)


@pghistory.track()
class Birth(Fact):
    """A birth date; or one that is only about right, when the year alone is trusted; or the age that was said."""

    label = "Born"
    order = 20
    withheld = False
    tells_who = True

    born_on = models.DateField(null=True, blank=True)
    approximate = models.BooleanField("the date is only about right", default=False)
    age_said = models.PositiveSmallIntegerField("age as it was said", null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(born_on__isnull=False) | Q(age_said__isnull=False), name="birth_says_something"
            ),
            models.CheckConstraint(
                condition=Q(age_said__isnull=True) | Q(age_said__lte=OLDEST), name="birth_age_is_an_age"
            ),
        ]
        indexes = [
            *Fact.Meta.indexes,
            # Serves search.by_birth: people born on one of these days.
            models.Index(fields=["born_on", "person"], name="birth_day"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def year(self) -> int:
        """The year of birth; worked out from the age where only that was said, so it may be one out."""
        if self.born_on:
            return self.born_on.year
        return self.recorded_at.astimezone(LONDON).year - (self.age_said or 0)

    def said_again(self) -> dict[str, Any]:
        """An age grows older: said again it is the year of birth that the page showed, about right as before."""
        if self.born_on is not None:
            return {}
        return {"born_on": date(self.year, 1, 1), "approximate": True, "age_said": None}

    @property
    def words(self) -> str:
        if self.born_on and not self.approximate:
            return f"{self.born_on.day} {MONTHS[self.born_on.month - 1]} {self.born_on.year}"
        return f"about {self.year}"

    def age_at(self, moment: datetime) -> int:
        """Whole years of age in London at a moment (UTC); about right where the date is."""
        today = moment.astimezone(LONDON).date()
        if self.born_on is None:
            return (self.age_said or 0) + today.year - self.recorded_at.astimezone(LONDON).year
        return age_on(self.born_on, today)


def age_on(born_on: date, today: date) -> int:
    """Whole years between two days; who was born on 29 February has a birthday on 1 March in a common year."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def as_said(born: Any) -> PartialDay | None:
    """A whole day or a partial one, as a partial one."""
    if isinstance(born, date):
        return PartialDay(born.year, born.month, born.day)
    return born or None
