"""Bank holidays as rows, so that a new one is a fact to load and not a program to change."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from django.db import models
from django.utils import timezone

from workflow.clock import Calendar, Length

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "holidays.csv"

FULL_YEAR = 8
"""Every division has at least eight bank holidays a year. A one-off proclaimed early must not make its year look
complete, or every other holiday of that year would be counted as an ordinary day."""


class Division(models.TextChoices):
    """The parts of the United Kingdom whose bank holidays differ, named as gov.uk publishes them."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def calendar(self, division: str = Division.ENGLAND_AND_WALES) -> Calendar:
        """The calendar of a division, in one query.

        Not cached between calls: a process with yesterday's calendar would open deadlines on wrong dates after the open
        ones had been replayed. Whoever works out many dates fetches it once and passes it on.
        """
        rows = list(self.filter(division=division).values_list("on", "name", "struck_out_at"))
        return calendar_of({on: name for on, name, struck in rows if struck is None}, [on for on, _, _ in rows])

    def calendar_for(self, length: Length) -> Calendar:
        """The same, where the rule looks at bank holidays; else one that knows no year, and would say so if asked."""
        return self.calendar() if length.rule.asks_calendar else Calendar({}, frozenset())

    def standing(self) -> Self:
        return self.filter(struck_out_at__isnull=True)


class Holiday(models.Model):
    """One bank holiday in one division: the day it is observed, which is the day that is not worked."""

    division = models.CharField(max_length=20, choices=Division)
    on = models.DateField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200, help_text="Where this day was published")
    loaded_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_out_at = models.DateTimeField(null=True, editable=False, help_text="Worked after all: decided by two people")

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ("division", "on")
        constraints = (
            models.UniqueConstraint(fields=("division", "on"), name="holiday_once_a_day"),
            models.CheckConstraint(condition=models.Q(division__in=Division.values), name="holiday_in_a_division"),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.on:%d %B %Y}"


@dataclass(frozen=True)
class ShippedHoliday:
    """A row of the file that comes with the product."""

    division: str
    on: date
    name: str
    source: str


@dataclass(frozen=True)
class Loaded:
    """What loading did: rows in the file, rows added, rows whose name or source was brought up to the file."""

    read: int
    added: int
    changed: int


def shipped_holidays() -> tuple[ShippedHoliday, ...]:
    """The bank holidays that come with the product, England and Wales 2023 to 2028."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(
            ShippedHoliday(row["division"], date.fromisoformat(row["on"]), row["name"], row["source"])
            for row in csv.DictReader(file)
        )


def shipped_calendar() -> Calendar:
    """England and Wales as shipped, for the command line where no database answers."""
    return calendar_of({row.on: row.name for row in shipped_holidays()})


def calendar_of(names: dict[date, str], known: Iterable[date] | None = None) -> Calendar:
    """A calendar of these holidays; a year is known when it has a full year's rows.

    `known` are the days of every row, where some of them are struck out: striking one out leaves its year known.
    """
    rows = Counter(on.year for on in (names if known is None else known))
    return Calendar(names, frozenset(year for year, n in rows.items() if n >= FULL_YEAR))


def load_shipped_holidays(model: Any) -> Loaded:
    """Bring the table up to the shipped file; may be run again and again, and never deletes.

    `model` is Holiday, or in a migration its historical form, which has fields but none of these functions.
    """
    rows = shipped_holidays()
    known = {(row.division, row.on): row for row in model.objects.all()}
    new = [row for row in rows if (row.division, row.on) not in known]
    model.objects.bulk_create([model(**vars(row)) for row in new])
    stale = [
        (known[row.division, row.on], row)
        for row in rows
        if (row.division, row.on) in known and _differs(known[row.division, row.on], row)
    ]
    for held, row in stale:
        held.name, held.source, held.loaded_at = row.name, row.source, timezone.now()
    model.objects.bulk_update([held for held, _ in stale], ["name", "source", "loaded_at"])
    return Loaded(len(rows), len(new), len(stale))


def _differs(held: Any, row: ShippedHoliday) -> bool:
    return (held.name, held.source) != (row.name, row.source)
