"""Where somebody lives or lived, and on what number they answer: shown only when the case that learned it stands open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models.fact import Fact, FactQuerySet
from people.models.place import AtPlace, Place, keep_place, place_key_of
from people.models.span import Spanned, span_ends_after_it_begins
from workflow.clock import LONDON

if TYPE_CHECKING:
    from accounts.models import User


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


class AddressQuerySet(FactQuerySet):
    def now(self) -> Self:
        """Without those that are said to have ended before today in London."""
        today = timezone.now().astimezone(LONDON).date()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today))

    def with_door(self, user: User) -> Self:
        """With the id of its place beside it, for the way to that page."""
        here = Place.objects.filter(key=OuterRef("place_key")).values("pk")
        return super().with_door(user).annotate(at_place=Subquery(here[:1]))


@pghistory.track(exclude=["place_key"])
class Address(Spanned, AtPlace, Fact):
    """An address as it was said, with its postcode beside it; whose it is to them, and from when until when."""

    class Whose(models.TextChoices):
        OWN = "own", "Their own home"
        PARTNER = "partner", "Their partner’s home"
        FAMILY = "family", "Their family’s home"
        FRIEND = "friend", "A friend’s home"
        SHORT = "short", "Somewhere to stay for a time"
        WORK = "work", "Where they work"
        POST = "post", "For their post only"

    label = "Lives"
    order = 30

    line = models.CharField("address", max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    whose = models.CharField("as whose address", max_length=8, choices=Whose, blank=True)
    place_key = place_key_of("line", "postcode")

    objects: ClassVar[Any] = AddressQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(line="", postcode=""), name="address_says_something"),
            span_ends_after_it_begins("address_ends_after_it_begins"),
        ]
        indexes = [  # the check at entry: who lives where a call comes from
            *Fact.Meta.indexes,
            models.Index(fields=["postcode", "-recorded_at"], name="address_of_postcode"),
            models.Index(Upper("line"), name="address_of_line"),
            # The page of a place: who lived there, newest first; and whether the place exists for a reader.
            models.Index(fields=["place_key", "-id"], name="address_of_place"),
            GinIndex(OpClass(Upper("line"), name="gin_trgm_ops"), name="address_fragment"),  # search by a piece of it
        ]
        triggers = keep_place("line", "postcode")

    def __str__(self) -> str:
        return self.words

    @property
    def where(self) -> str:
        """The address alone, as it was said."""
        return ", ".join(part for part in (self.line, self.postcode) if part)

    @property
    def whose_words(self) -> str:
        """Whose it is to them, where it is not their own home."""
        return _(str(self.get_whose_display())) if self.whose not in ("", self.Whose.OWN) else ""

    @property
    def words(self) -> str:
        """14 Tannery Row, NG5 2AB (Their family’s home, March 2021 to June 2023)."""
        more = ", ".join(part for part in (self.whose_words, self.span_words) if part)
        return f"{self.where} ({more})" if more else self.where

    @property
    def leads_to(self) -> str:
        """The page of its place; "" where it names none, or was not fetched for a page."""
        place = getattr(self, "at_place", None)
        return reverse("place", args=[place]) if place else ""


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
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["digits"], name="telephone_digits"),  # the check at entry
            GinIndex(OpClass("digits", name="gin_trgm_ops"), name="telephone_fragment"),  # search by a piece of it
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return self.number
