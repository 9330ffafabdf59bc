"""The offences that may be recorded: a small reference table, shipped as an example and for the force to load."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from django.db import models

from accounts.models import NoSecret

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "offences.csv"
COLUMNS = ("code", "label", "group", "ho_class", "kind", "authority")


class OffenceQuerySet(NoSecret):
    def offered(self) -> Self:
        """What may be chosen now, by name."""
        return self.filter(ended=False).order_by("label", "pk")


class Offence(models.Model):
    """One notifiable offence. Crimes keep it for good, so a row is ended and never deleted.

    `ho_class` is the Home Office class as the force's own list has it; where the shipped list leaves it empty the force
    loads it. `kind` marks the two that rules name: outcome 17 asks after common assault, cautions after coercive control.
    """

    class Kind(models.TextChoices):
        COMMON_ASSAULT = "common_assault", "Common assault"
        COERCIVE_CONTROL = "coercive_control", "Controlling or coercive behaviour"

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    group = models.CharField(max_length=40)
    ho_class = models.CharField("Home Office class", max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    authority = models.CharField(max_length=200)
    ended = models.BooleanField(default=False, help_text="Offered no longer; what was recorded keeps it")

    objects = OffenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["label"], name="offence_by_name")]  # the list of an officer's page

    def __str__(self) -> str:
        return self.label


def read_offences(path: Path) -> list[dict[str, str]]:
    """The rows of a file. Raises ValueError with a sentence where it cannot be used."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or [])]:
            raise ValueError(f"The file lacks the columns {', '.join(lacking)}.")
        rows = [{name: (row[name] or "").strip() for name in COLUMNS} for row in reader]
    for number, row in enumerate(rows, start=2):
        if not row["code"] or not row["label"]:
            raise ValueError(f"Line {number}: an offence needs a code and a name.")
        if row["kind"] and row["kind"] not in Offence.Kind.values:
            raise ValueError(f"Line {number}: {row['kind']} is no kind.")
    return rows


def load_offences(rows: Iterable[dict[str, str]], *, model: Any = Offence, only: bool = False) -> tuple[int, int]:
    """Bring the table up to the rows: how many were read, how many are new. `only`: what is not among them is ended."""
    codes, added = [], 0
    for row in rows:
        code = row["code"]
        rest = {name: row[name] for name in COLUMNS if name != "code"} | {"ended": False}
        _, new = model.objects.update_or_create(code=code, defaults=rest)
        codes.append(code)
        added += new
    if only:
        model.objects.exclude(code__in=codes).update(ended=True)
    return len(codes), added
