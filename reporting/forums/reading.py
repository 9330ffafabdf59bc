"""Rows of a file of figures: a return in the columns in which it leaves, or values that others published."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from accounts.models import User
from marac.figures import FIGURES
from marac.models import Forum, QuarterReturn
from reporting.forums.leaving import FEW, NOT_SHOWN
from workflow import engine
from workflow.models import Refused

MOST_ROWS = 500
MOST_BYTES = 1_000_000
VALUES = ("figure", "begins_on", "months", "place", "value", "source")
UNREADABLE = (UnicodeDecodeError, csv.Error, ValueError, KeyError, OSError, zipfile.BadZipFile)
Cells = dict[str, str]


class NotAFile(Exception):
    """The file cannot be read as one of the two; its words say what to do."""


@dataclass(frozen=True, slots=True)
class Read:
    """One row of the file, as it is numbered there, with why it was not taken ("": it was)."""

    number: int
    what: str
    refused: str


def read(name: str, content: bytes, by: User) -> list[Read]:
    """Take every row that can be taken; each by itself, so that one wrong row spoils no other. Raises NotAFile."""
    if len(content) > MOST_BYTES:
        raise NotAFile(_("The file is larger than 1 MB. A return is one row for each quarter."))
    rows = list(islice(rows_of(name, content), MOST_ROWS + 2))
    if len(rows) < 2:
        raise NotAFile(_("The file has no rows beneath its headings."))
    if len(rows) > MOST_ROWS + 1:
        raise NotAFile(_("The file has more than 500 rows. Divide it and enter one part after the other."))
    heads = [str(head).strip().lower() for head in rows[0]]
    take = taker(heads)
    return [one(number, dict(zip(heads, row, strict=False)), take, by) for number, row in enumerate(rows[1:], start=2)]


def rows_of(name: str, content: bytes) -> Iterable[list[str]]:
    try:
        return list(sheet(content)) if name.lower().endswith(".xlsx") else list(lines(content))
    except UNREADABLE:
        raise NotAFile(_("The file cannot be read. Save it as CSV (UTF-8) or as XLSX and try again.")) from None


def lines(content: bytes) -> Iterator[list[str]]:
    text = content.decode("utf-8-sig")
    for row in islice(csv.reader(io.StringIO(text)), MOST_ROWS + 2):
        yield [cell.strip().removeprefix("'") for cell in row]


def sheet(content: bytes) -> Iterator[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for row in book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=60, values_only=True):
        if any(cell is not None for cell in row):
            yield [text_of(cell) for cell in row]


def text_of(cell: Any) -> str:
    if cell is None:
        return ""
    return cell.date().isoformat() if hasattr(cell, "date") else str(cell).strip().removeprefix("'")


Take = Callable[[Cells, User], str]


def taker(heads: list[str]) -> Take:
    """Which of the two files it is, by its headings. Raises NotAFile."""
    if {"forum", "quarter", "cases"} <= set(heads):
        return take_return
    if set(VALUES) | {"forum"} <= set(heads):
        return take_value
    words = _("The headings are not known. A return has: %(one)s. Published values have: forum, %(two)s.")
    raise NotAFile(words % {"one": ", ".join(("forum", "quarter", *FIGURES)), "two": ", ".join(VALUES)})


def one(number: int, cells: Cells, take: Take, by: User) -> Read:
    what = " ".join(cells.get(name, "")[:40] for name in ("forum", "quarter", "figure", "begins_on") if cells.get(name))
    try:
        return Read(number, what, take(cells, by))
    except Refused as refused:
        problems = [
            str(words) for found in (refused.errors.errors.values() if refused.errors else ()) for words in found
        ]
        return Read(number, what, " ".join(problems) or refused.sentence)


def take_return(cells: Cells, by: User) -> str:
    """The figures of a quarter, by the same step and the same checks as on the page."""
    forum, day = found(cells), day_of(cells.get("quarter", ""))
    if forum is None:
        return _("No forum has that name.")
    if day is None:
        return _("The quarter must be its first day, for example 2026-04-01.")
    numbers = {code: number(cells.get(code, "")) for code in FIGURES}
    words = _("Entered from a file.")
    blank = QuarterReturn(forum=forum, unit=forum.unit, begins_on=day)
    engine.perform(blank, "enter", by=by, evidence={**numbers, "words": words})
    return ""


def take_value(cells: Cells, by: User) -> str:
    """A value that others published, by the step of the forum that keeps it."""
    forum = found(cells)
    if forum is None:
        return _("No forum has that name.")
    engine.perform(forum, "compare", by=by, evidence={name: cells.get(name, "") for name in VALUES}, seen=forum.version)
    return ""


def found(cells: Cells) -> Forum | None:
    name = cells.get("forum", "")
    row: Forum | None = Forum.objects.select_related("unit").filter(name__iexact=name).first() if name else None
    return row


def day_of(said: str) -> date | None:
    try:
        return parse_date(said)
    except ValueError:
        return None


def number(said: str) -> str:
    """What was kept back or never said is not known; it is not none."""
    return "" if said in (FEW, NOT_SHOWN) else said.removesuffix(".0")
