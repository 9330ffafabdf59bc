"""What somebody typed, read as a question: on a page, in an address, on the command line. One place for each refusal."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from accounts.models import Unit, User
from reporting.measures import gaps
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.reckon import NotOffered, Question, Window

NO_DATA = "There is no data yet: {why}"


def measure_of(code: str) -> Measure:
    """Raises NotOffered."""
    found = {name.lower(): measure for name, measure in MEASURES.items()}.get(code.strip().lower())
    if found is None:
        raise NotOffered(f"There is no measure “{code[:20]}”. Choose one from the list.")
    return found


def compared(measure: Measure, by: str) -> None:
    """Raises NotOffered where the groups of that measure cannot be compared (M44)."""
    if measure not in gaps.offered():
        raise NotOffered(
            f"{measure.name} cannot be compared between groups. Choose a measure that is a rate of people or reports."
        )
    if by not in gaps.groups_by(measure):
        words = ", ".join(gaps.groups_by(measure))
        raise NotOffered(f"{measure.name} cannot be compared by that. Choose one of those offered: {words}.")


def day_of(said: str, which: str) -> date:
    """A day written 2026-10-31. Raises NotOffered."""
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        raise NotOffered(f"The {which} day must be a real day, such as 2026-10-31.") from None


def question(
    measure: Measure, window: Window, by: str, user: User | None, unit: Unit | None = None, *, monthly: bool = False
) -> Question:
    """Raises NotOffered for a window that ends before it begins, or what may not be asked. `user` None: the command line, as
    whoever runs the server.
    """
    asked = Question(measure, window, by, unit, monthly)
    if measure.of_force and unit is not None and unit.parent_id is not None:
        raise NotOffered(f"{measure.name} is of the whole force alone, so that nobody is found in it.")
    if measure.private and not is_a_year_that_is_over(window):
        raise NotOffered(
            "Small numbers are kept back here, so it is shown of one calendar year that is over: January to December."
        )
    who = BREAKDOWNS[by].who if by in BREAKDOWNS else frozenset()
    if user is not None and who and not user.holds(who, unit):
        raise NotOffered("Figures of single officers are for those who manage them, for their own team.")
    return asked


def is_a_year_that_is_over(window: Window) -> bool:
    year = window.first.year
    return (window.first, window.last) == (date(year, 1, 1), date(year, 12, 31)) and window.last < timezone.localdate()
