"""What somebody drives: as much of the plate as anybody read, and how it looked."""

from __future__ import annotations

import re

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from people.models.fact import Fact

#: Plates as they are given out in the United Kingdom: since 2001, before, older still, and in Northern Ireland.
WHOLE = re.compile(
    r"[A-Z]{2}\d{2}[A-Z]{3}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]|[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3}"
)


def plain_upper(column: str) -> models.GeneratedField:
    """A column as it is compared: letters and numbers alone, in capitals."""
    bare = Func(F(column), Value("[^A-Za-z0-9]"), Value(""), Value("g"), function="regexp_replace")
    return models.GeneratedField(expression=Upper(bare), output_field=models.TextField(), db_persist=True)


def is_whole(plate: str) -> bool:
    """Whether it is a whole plate of this country, as far as its shape tells. Two letters and two numbers are taken for
    the beginning of one, which is what people remember.
    """
    bare = re.sub(r"[^A-Za-z0-9]", "", plate).upper()
    return bool(WHOLE.fullmatch(bare)) and not re.fullmatch(r"[A-Z]{2}\d{2}", bare)


@pghistory.track(exclude=["plate_plain"])
class Vehicle(Fact):
    """A vehicle. `partial`: only a part of the plate was read. `unconfirmed`: nobody has checked whose it is."""

    label = "Vehicle"
    order = 41
    several = True
    short = False

    plate = models.CharField("registration", max_length=15, blank=True)
    partial = models.BooleanField("only a part of the registration", default=False)
    looks = models.CharField("make, colour and anything that stands out", max_length=150, blank=True)
    unconfirmed = models.BooleanField("nobody has checked it", default=False)
    plate_plain = plain_upper("plate")

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(plate="", looks=""), name="vehicle_says_something"),
            models.CheckConstraint(condition=~Q(plate="", partial=True), name="vehicle_part_of_a_plate"),
        ]
        indexes = [
            *Fact.Meta.indexes,
            GinIndex(OpClass("plate_plain", name="gin_trgm_ops"), name="vehicle_fragment"),  # search by a piece of it
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Grey van, part plate LK19, unconfirmed."""
        plate = self.plate.upper()
        if plate and self.partial:
            plate = _("part plate %(plate)s") % {"plate": plate}
        doubt = _("unconfirmed") if self.unconfirmed else ""
        return ", ".join(part for part in (self.looks, plate, doubt) if part)
