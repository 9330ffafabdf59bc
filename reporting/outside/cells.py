"""How one cell of a file of figures is read. Each gives what it means, or raises Wrong with a sentence for whoever mends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from reporting.exports import FORMULA

LONGEST = 40  # of a cell that is said again in a sentence
MOST = Decimal(10) ** 9
FIRST_YEAR = 1990
WHOLE = re.compile(r"\d{1,10}|\d{1,3}(,\d{3}){1,3}")
BROKEN = re.compile(r"(\d{1,10}|\d{1,3}(,\d{3}){1,3})(\.\d{1,3})?")
MONTH = re.compile(r"(\d{4})-(\d{2})(-01)?|01/(\d{2})/(\d{4})")
YEAR = re.compile(r"\d{4}")
LONG_GONE = "The year must be %(first)s or later."


class Wrong(Exception):
    """This cell cannot be taken; its words say why and what to write."""


@dataclass(frozen=True, slots=True)
class Known:
    """What cells are read beside: the areas of the force by code and name, and the day (London)."""

    areas: dict[str, Unit]
    today: date


Read = Callable[[str, Known], Any]


def known(today: date) -> Known:
    areas: dict[str, Unit] = {}
    for unit in Unit.objects.order_by("-pk"):
        areas |= {unit.name.casefold(): unit, unit.code.casefold(): unit}
    return Known(areas, today)


def short(said: str) -> str:
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def no_formula(said: str) -> None:
    """Raise Wrong for what a spreadsheet would work out."""
    if said.startswith(FORMULA):
        raise Wrong(_("“%(said)s” begins like a formula. Write what it comes to.") % {"said": short(said)})


def month(said: str, near: Known) -> date:
    """2026-03, 2026-03-01 or 01/03/2026: a month that is over."""
    found = MONTH.fullmatch(said)
    year, number = (int(found[1] or found[5]), int(found[2] or found[4])) if found else (0, 0)
    if not 1 <= number <= 12:
        raise Wrong(_("“%(said)s” is no month. Write it like 2026-03.") % {"said": short(said)})
    if year < FIRST_YEAR:
        raise Wrong(_(LONG_GONE) % {"first": FIRST_YEAR})
    first = date(year, number, 1)
    if after(first, 1) > near.today:
        raise Wrong(_("%(said)s is not over yet.") % {"said": short(said)})
    return first


def after(first: date, months: int) -> date:
    """The first day after so many months."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def year(said: str, near: Known) -> date:
    """2025, as its first day: a year that has begun."""
    if not YEAR.fullmatch(said) or not said.isascii():
        raise Wrong(_("“%(said)s” is no year. Write it like 2025.") % {"said": short(said)})
    if int(said) < FIRST_YEAR:
        raise Wrong(_(LONG_GONE) % {"first": FIRST_YEAR})
    if date(int(said), 1, 1) > near.today - timedelta(days=1):
        raise Wrong(_("%(said)s has not begun.") % {"said": said})
    return date(int(said), 1, 1)


def area(said: str, near: Known) -> Unit:
    found = near.areas.get(said.casefold())
    if found is None:
        raise Wrong(_("“%(said)s” is no area of the force. Write the code of a unit.") % {"said": short(said)})
    return found


def count(said: str, near: Known) -> Decimal:
    """A whole number, nothing or more: 1204 or 1,204."""
    return number(said, WHOLE, _("“%(said)s” is no whole number. Leave the row out if it is not known."))


def amount(said: str, near: Known) -> Decimal:
    """A number with three decimals at most."""
    return number(said, BROKEN, _("“%(said)s” is no number like 41.5. Leave the row out if it is not known."))


def number(said: str, shape: re.Pattern[str], sentence: str) -> Decimal:
    if said.startswith("-") and shape.fullmatch(said[1:]):
        raise Wrong(_("%(said)s is below nothing.") % {"said": short(said)})
    no_formula(said)
    if not said.isascii() or not shape.fullmatch(said):
        raise Wrong(sentence % {"said": short(said)})
    value = Decimal(said.replace(",", ""))
    if value > MOST:
        raise Wrong(_("%(said)s is more than can be true.") % {"said": short(said)})
    return value


def months(said: str, near: Known) -> int:
    """How many months a figure is of: 1, 3, 12."""
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said) <= 60:
        raise Wrong(_("“%(said)s” is no number of months from 1 to 60.") % {"said": short(said)})
    return int(said)


def one_of(choices: Iterable[tuple[str, str]], what: str) -> Read:
    """A code among these, in capitals or not."""
    codes = {code.casefold(): code for code, _label in choices}

    def read(said: str, near: Known) -> str:
        if said.casefold() not in codes:
            words = _("“%(said)s” is no %(what)s that is known. The page lists them.")
            raise Wrong(words % {"said": short(said), "what": _(what)})
        return codes[said.casefold()]

    return read


def measure(said: str, near: Known) -> str:
    """The number of a measure: M01 to M46, and what is derived from one: M06b."""
    if not re.fullmatch(r"[Mm][0-4][0-9][a-z]?", said):
        raise Wrong(_("“%(said)s” is no measure. Write its number, like M06.") % {"said": short(said)})
    return f"M{said[1:]}"


def words(most: int) -> Read:
    """Words that somebody typed: no formula, nothing that cannot be seen."""

    def read(said: str, near: Known) -> str:
        no_formula(said)
        if len(said) > most:
            raise Wrong(_("Longer than %(count)s characters. Say it shorter.") % {"count": most})
        if not said.isprintable():
            raise Wrong(_("Holds a character that cannot be seen. Type it again."))
        return said

    return read
