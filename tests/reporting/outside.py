"""Files of figures for the tests, and how they are brought in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import Unit, User
from reporting.exports import text_of
from reporting.models import OutsideImport
from reporting.outside.reading import read
from reporting.outside.table import KINDS
from tests.cast import person, take
from workflow import engine

TODAY = date(2026, 11, 23)
SOURCE = "ONS, table 4"
COURTS = (
    ("2026-03", "NP", "charged", "", "120"),
    ("2026-03", "NP", "no_action", "", "60"),
    ("2026-03", "NP", "completed", "", "90"),
    ("2026-03", "NP", "convicted", "", "70"),
    ("2026-03", "NP", "guilty_plea", "", "50"),
    ("2026-03", "NP", "unsuccessful", "", "20"),
    ("2026-03", "NP", "unsuccessful", "victim_withdrew", "12"),
)


def crimes(
    month: str, area: str, value: object, group: str = "all", figure: str = "recorded", outcome: str = ""
) -> Any:
    return (month, area, figure, group, outcome, str(value))


def file_of(kind: str, rows: Iterable[Iterable[str]]) -> bytes:
    """As the template has it, filled in."""
    return text_of([KINDS[kind].heads, *rows])


def raw(text: str) -> bytes:
    return text.encode()


def second(force: Unit) -> User:
    """Another analyst, who confirms what the first brought in."""
    return person("Analyst", "", "Mo Lindqvist", ("analyst", force))


def brought(kind: str, rows: Iterable[Iterable[str]], by: User, today: date = TODAY) -> OutsideImport:
    """A file brought in; waiting for a second person, or kept with what is wrong with it."""
    reading = read(KINDS[kind], file_of(kind, rows), today)
    step = "reject" if reading.rejects else "propose"
    said = {"kind": kind, "source": SOURCE}
    run = OutsideImport(unit=Unit.objects.root())
    made: OutsideImport = engine.perform(run, step, by=by, evidence=said, files={"file": reading})
    return made


def confirmed(kind: str, rows: Iterable[Iterable[str]], by: User, other: User) -> OutsideImport:
    made: OutsideImport = take(brought(kind, rows, by), "confirm", other)
    return made


def rows_in(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))
