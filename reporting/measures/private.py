"""Small numbers kept back from everybody: a measure that is `private` (suspects in the police).

It is of the whole force, of calendar years that are over, by nothing, and never of whoever is left: so there are no months, units,
groups or longer times to take one from another (`reporting.measures.reckon.Question` refuses them).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_noop

from reporting.equality.small import small

if TYPE_CHECKING:
    from reporting.measures.reckon import Value, Window

FEW, NOT_SHOWN = gettext_noop("fewer than 5"), gettext_noop("not shown")
JANUARY, DECEMBER = (1, 1), (12, 31)


def is_a_year_that_is_over(window: Window) -> bool:
    year = window.first.year
    return (window.first, window.last) == (
        date(year, *JANUARY),
        date(year, *DECEMBER),
    ) and window.last < timezone.localdate()


def year_over(last: date) -> int:
    """The last calendar year that is over by a day, and by today."""
    by = min(last, timezone.localdate())
    return by.year if (by.month, by.day) == DECEMBER and by < timezone.localdate() else by.year - 1


def kept_back(value: Value) -> Value:
    """The figure without a number of one to four, and without one that leaves one to four of its whole."""
    if value.whole is None:
        return replace(value, some=0, lacking=FEW) if small(value.some) else value
    if small(value.whole):
        return replace(value, some=0, whole=0, lacking=FEW)
    if small(value.some) or small(value.whole - value.some):
        return replace(value, some=0, lacking=FEW if small(value.some) else NOT_SHOWN)
    return value
