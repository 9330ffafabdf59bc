"""A place: what every address that means the same house or flat is brought together under."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse

if TYPE_CHECKING:
    from accounts.models import User

KEEP_PLACE = (
    "INSERT INTO people_place (key) SELECT DISTINCT said FROM (SELECT place_key AS said FROM added) AS keys"
    " WHERE said <> '''' AND NOT EXISTS (SELECT FROM people_place WHERE key = said)"
)


def place_key_of(line: str, postcode: str) -> models.GeneratedField:
    """The key of the place that two columns name, worked out by the database (migration 0006): "" where they name none.

    One postcode and the same numbers of house and flat are one place, as for the check at entry; without a number the
    first two words tell. Without a postcode only an address that names house, street and town is a place.
    """
    expression = Func(F(line), F(postcode), function="people_place_key")
    return models.GeneratedField(expression=expression, output_field=models.TextField(), db_persist=True)


def keep_place(line: str, postcode: str) -> list[pgtrigger.Trigger]:
    """The triggers that keep a row of Place for each key; for the Meta of whatever stands at a place."""
    return [
        pgtrigger.Trigger(
            name="keep_place",
            level=pgtrigger.Statement,  # an import writes thousands at once
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="added"),
            # executed, so planned for what the table holds now: an import begins with an empty one
            func=f"EXECUTE '{KEEP_PLACE}'; RETURN NULL;",  # noqa: S608 - ours alone
        ),
        pgtrigger.Trigger(
            name="keep_changed_place",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf(line, postcode),
            func=(
                "INSERT INTO people_place (key) SELECT NEW.place_key WHERE NEW.place_key <> ''"
                " AND NOT EXISTS (SELECT FROM people_place WHERE key = NEW.place_key); RETURN NULL;"
            ),
        ),
    ]


class AtPlace(models.Model):
    """Whatever stands at a place: it declares `place_key = place_key_of(...)` and the triggers of `keep_place`."""

    class Meta:
        abstract = True

    @classmethod
    def kinds(cls) -> list[Any]:
        """Every kind of record that any app has put at places."""
        return sorted((kind for kind in cls.__subclasses__() if not kind._meta.abstract), key=lambda k: k._meta.label)

    @property
    def where(self) -> str:
        """The address as it was said."""
        return ", ".join(part for part in (self.place, self.postcode) if part)  # type: ignore[attr-defined]  # its own


class PlaceQuerySet(models.QuerySet["Place"]):
    def visible_to(self, user: User) -> Self:
        """The places at which the person may see at least one record; others do not exist for them."""
        known = (
            Exists(kind.objects.standing().visible_to(user).filter(place_key=OuterRef("key")))
            for kind in AtPlace.kinds()
        )
        return self.filter(reduce(or_, known, Q(pk__in=[])))

    def one_each(self) -> Self:
        """Of rows with one key the oldest: the one that is found, and that its page is of. Index: place_key."""
        older = Place.objects.filter(key=OuterRef("key"), pk__lt=OuterRef("pk"))
        return self.filter(~Exists(older))


class Place(models.Model):
    """A bare hub for each distinct key. It says nothing itself: its key is shown nowhere and stands in no address.

    A key may stand here twice, for ever: were it unique, whoever records the second call from a new address would wait for
    the first to be saved. Everything that is asked of a place is asked by its key, so either row answers the same.
    """

    key = models.TextField()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "id"], name="place_key")]  # the triggers, the search, `one_each`

    def __str__(self) -> str:
        return f"place {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.pk])
