"""Where somebody lives and on what number they answer: shown only when the case that learned it stands open."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Upper

from people.models.fact import Fact, FactQuerySet


class Reachable(FactQuerySet):
    """Ways to reach somebody. One that any case struck out is gone from every list that says how to reach them, at once
    and in every other case too: a call to it may be answered by whoever she fled from. It may be learned anew later.

    `same`: the columns by which two rows are the same way. The struck-out rows themselves stay, as history.
    """

    same: ClassVar[tuple[str, ...]] = ()

    def standing(self) -> Self:
        return super().standing().filter(~Exists(self._taken_out()))

    def as_at(self, at: datetime) -> Self:
        return super().as_at(at).filter(~Exists(self._taken_out().filter(struck_out_at__lte=at)))

    def _taken_out(self) -> Any:
        """Rows of the same person and way that were struck out since this one was recorded. Index: *_of_person."""
        alike = {name: OuterRef(name) for name in ("person_id", *self.same)}
        return self.model._base_manager.filter(struck_out_at__gte=OuterRef("recorded_at"), **alike)


class TelephoneQuerySet(Reachable):
    same = ("digits",)


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
        indexes = [  # the check at entry: who lives where a call comes from
            *Fact.Meta.indexes,
            models.Index(fields=["postcode", "-recorded_at"], name="address_of_postcode"),
            models.Index(Upper("line"), name="address_of_line"),
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
    reaches = True

    number = models.CharField("telephone number", max_length=30)
    digits = models.GeneratedField(
        expression=Func(F("number"), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects: ClassVar[Any] = TelephoneQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="telephone_says_something"),
        ]
        indexes = [*Fact.Meta.indexes, models.Index(fields=["digits"], name="telephone_digits")]  # the check at entry

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return self.number
