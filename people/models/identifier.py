"""Numbers by which other records know somebody. One of an odd shape is kept as it was given, and says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext as _

from people.models.fact import Fact

#: The letter at the end of a PNC number is the remainder of year and number by 23, counted in this row.
CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
PNC = re.compile(r"(?:19|20)?(\d{2})\s*/\s*(\d{1,7})\s*([A-Z])")


@dataclass(frozen=True, slots=True)
class Shape:
    """One row: the kind of number, how it usually looks, and a sentence with one that does."""

    code: str
    label: str
    pattern: str
    like: str = ""


# fmt: off
TABLE: tuple[Shape, ...] = (
    Shape("pnc",      "PNC",               PNC.pattern,                                      "88/14402T"),
    Shape("custody",  "Custody record",    r"(?=.*\d)[A-Z0-9]+([ /.-][A-Z0-9]+)*",           "22/0447 or NG/1234/26"),
    Shape("cro",      "CRO",               r"(SF\s?\d{2}/\d{1,6}|\d{1,6}/\d{2})\s?[A-Z]",     "123456/88A"),
    Shape("prison",   "Prison number",     r"[A-Z]\d{4}[A-Z]{2}",                            "A1234BC"),
    Shape("licence",  "Driving licence",   r"[A-Z9]{5}\s?\d{6}\s?[A-Z9]{2}\s?[A-Z0-9]{3}([A-Z]{2})?", "POLLI 804118 G99 AB"),
    Shape("passport", "Passport",          r"[A-Z0-9]{6,12}",                                "123456789"),
    Shape("nhs",      "NHS number",        r"\d{3}[\s-]?\d{3}[\s-]?\d{4}",                   "943 476 5919"),
    Shape("ni",       "National Insurance", r"[A-Z]{2}\s?(\d{2}\s?){3}[A-D]",                "QQ 12 34 56 C"),
    Shape("other",    "Another number",    r".+"),
)
# fmt: on
ON_PAPER = frozenset({"pnc", "custody", "cro", "prison"})
SERIES = [(row.code, row.label) for row in TABLE]
SHAPES: dict[str, Shape] = {row.code: row for row in TABLE}


def looks_right(series: str, number: str) -> bool:
    """Whether a number has the shape of its kind, and its check where it carries one."""
    said = " ".join(number.upper().split())
    found = re.fullmatch(SHAPES[series].pattern, said)
    if found is None:
        return False
    if series == "pnc":
        return CHECK_LETTERS[int(f"{found[1]}{int(found[2]):07d}") % 23] == found[3]
    return series != "nhs" or nhs_checks(re.sub(r"\D", "", said))


def nhs_checks(digits: str) -> bool:
    """The last digit of an NHS number is eleven less the weighted sum of the others, by eleven."""
    rest = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return rest % 11 == int(digits[9]) and rest != 10


@pghistory.track(exclude=["number_plain"])
class Identifier(Fact):
    """One number of one kind. `odd`: whoever wrote it down says that it is written just so, whatever its shape."""

    label = "Identifier"
    order = 43
    several = True
    short = False

    series = models.CharField("kind of number", max_length=10, choices=SERIES)
    number = models.CharField(max_length=40)
    said_words = models.CharField("whose number it is", max_length=100, blank=True)
    odd = models.BooleanField("of an unusual shape", default=False)
    number_plain = models.GeneratedField(
        expression=Func(F("series"), F("number"), function="people_number"),
        output_field=models.TextField(), db_persist=True,
    )  # fmt: skip

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="identifier_says_something")]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["number_plain"], name="identifier_number"),  # the same number on two people
            GinIndex(OpClass("number_plain", name="gin_trgm_ops"), name="identifier_fragment"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """PNC 88/14402X (not the usual shape: check it)."""
        doubt = _("not the usual shape: check it") if self.odd else ""
        more = ", ".join(part for part in (self.said_words, doubt) if part)
        said = f"{self.get_series_display()} {self.number}"
        return f"{said} ({more})" if more else said

    @property
    def on_paper(self) -> str:
        """The numbers of police and prison records alone: the others open doors to somebody's life."""
        return self.words if self.series in ON_PAPER else ""
