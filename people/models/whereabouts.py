"""Where somebody lives and on what number they answer: shown only when the case that learned it stands open."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Func, Q, Value

from people.models.fact import Fact


@pghistory.track()
class Address(Fact):
    """An address as it was said, with its postcode beside it."""

    label = "Lives"
    order = 30

    line = models.CharField("address", max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(line="", postcode=""), name="address_says_something"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.line, self.postcode) if part)


@pghistory.track(exclude=["digits"])
class Telephone(Fact):
    """A telephone number as it was said; `digits` is the same without spaces, dashes or brackets."""

    label = "Telephone"
    order = 40

    number = models.CharField("telephone number", max_length=30)
    digits = models.GeneratedField(
        expression=Func(F("number"), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="telephone_says_something"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return self.number
