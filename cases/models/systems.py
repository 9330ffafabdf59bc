"""Systems checked on a case: which there are, who may check them, and what each check found or did not find. S3-186, S3-203.

Clare's Law uses the same rows: a check is of a case and of a person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import NoSecret
from accounts.roles import ROLES
from cases.models.involvement import Involvement
from workflow.models import StatefulRecord

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "systems.csv"
COLUMNS = ("code", "label", "order", "who", "required_of", "hint", "authority")
EVERY = "every"  # in a file: every role that may record a check at all
LONGEST = 100  # characters of one name or spelling


class SystemQuerySet(NoSecret):
    def offered(self) -> Self:
        """What is checked now, in order."""
        return self.filter(ended=False).order_by("order", "pk")


class CheckedSystem(models.Model):
    """One system outside this one. Checks keep it for good, so a row is ended and never deleted.

    `who`: roles that may check it; empty, every role that may record a check. `required_of`: the parts whose people must be
    looked for in it in every case.
    """

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=100)
    who = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    required_of = ArrayField(models.CharField(max_length=10, choices=Involvement.Part), default=list, blank=True)
    hint = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200)
    ended = models.BooleanField(default=False, help_text="Checked no longer; what was checked stays")

    objects = SystemQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label

    def may_be_checked_by(self, held: frozenset[str]) -> bool:
        """Whether these roles may check it."""
        return not self.who or bool(held & set(self.who))


@pghistory.track()
class SystemCheck(StatefulRecord):
    """Somebody looked in a system, with these names and birth dates, and found this or nothing.

    One that is wrong is struck out and kept. Without a person it is of the address or the case as a whole.
    """

    class State(models.TextChoices):
        RECORDED = "recorded", "Recorded"
        STRUCK = "struck", "Struck out"

    class Found(models.TextChoices):
        SOMETHING = "something", "Something found"
        NOTHING = "nothing", "Nothing found"

    system = models.ForeignKey(CheckedSystem, models.PROTECT, related_name="checks")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="system_checks")
    names = ArrayField(
        models.CharField(max_length=LONGEST), default=list, blank=True, help_text="Every name and spelling searched"
    )
    births = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text="1988-01-30, 1988-01 or 1988"
    )
    births_unknown = models.BooleanField(default=False, help_text="Searched without a birth date: none is known")
    places = models.CharField("addresses and numbers searched", max_length=300, blank=True)
    checked_at = models.DateTimeField("when it was checked")
    checked_by = models.CharField("who looked, if not whoever recorded it", max_length=100, blank=True)
    found = models.CharField(max_length=10, choices=Found)
    reference = models.CharField(max_length=100, blank=True)
    result = models.TextField(max_length=4000, blank=True)
    by_adapter = models.BooleanField(default=False, help_text="The system answered by itself; nobody typed it")
    struck_because = models.TextField(max_length=4000, blank=True)
    struck_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(found="nothing")
                | (Q(names__len__gt=0) & (Q(births__len__gt=0) | Q(births_unknown=True)))
                | (Q(person__isnull=True) & ~Q(places="")),
                name="system_check_nothing_of_what",
            ),
            models.CheckConstraint(
                condition=~Q(found="something") | ~Q(result=""), name="system_check_something_is_said"
            ),
        ]
        indexes = [models.Index(fields=["case", "system", "-checked_at"], name="system_check_of_case")]  # the matrix

    def __str__(self) -> str:
        return str(self.get_found_display())

    def get_absolute_url(self) -> str:
        return reverse("systems-checked", args=[self.case.reference])

    @property
    def searched(self) -> str:
        """What was looked for: "Daniel Reeve, Danny Reeve; 30/01/1988; 14 Mill Lane"."""
        births = ", ".join(as_typed(text) for text in self.births)
        return "; ".join(part for part in (", ".join(self.names), births, self.places) if part)

    @property
    def who(self) -> str:
        return self.checked_by or self.recorded_by.short_title()


def as_typed(birth: str) -> str:
    """1988-01-30 as people write it: 30/01/1988."""
    return "/".join(reversed(birth.split("-")))


def read_systems(path: Path) -> list[dict[str, Any]]:
    """The rows of a file. Raises ValueError with a sentence where it cannot be used."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or [])]:
            raise ValueError(f"The file lacks the columns {', '.join(lacking)}.")
        rows = [{name: (row[name] or "").strip() for name in COLUMNS} for row in reader]
    return [_row(number, row) for number, row in enumerate(rows, start=2)]


def _row(number: int, row: dict[str, str]) -> dict[str, Any]:
    who = [role for role in row["who"].split() if role != EVERY]
    parts = row["required_of"].split()
    if not row["code"] or not row["label"]:
        raise ValueError(f"Line {number}: a system needs a code and a name.")
    if not (row["order"].isascii() and row["order"].isdecimal() and int(row["order"]) < 10_000):
        raise ValueError(f"Line {number}: the order is a number below 10,000.")
    if unknown := sorted(set(who) - ROLES.keys()):
        raise ValueError(f"Line {number}: there is no role {unknown[0]}.")
    if unknown := sorted(set(parts) - set(Involvement.Part.values)):
        raise ValueError(f"Line {number}: {unknown[0]} is no part that somebody has in a case.")
    return {**row, "order": int(row["order"]), "who": who, "required_of": parts}


def load_systems(rows: Iterable[dict[str, Any]], *, model: Any = CheckedSystem, only: bool = False) -> tuple[int, int]:
    """Bring the table up to the rows: how many were read, how many are new. `only`: what is not among them is ended."""
    codes, added = [], 0
    for row in rows:
        rest = {name: row[name] for name in COLUMNS if name != "code"} | {"ended": False}
        _, new = model.objects.update_or_create(code=row["code"], defaults=rest)
        codes.append(row["code"])
        added += new
    if only:
        model.objects.exclude(code__in=codes).update(ended=True)
    return len(codes), added
