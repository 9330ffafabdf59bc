"""What somebody typed, read as a question: on a page, in an address, on the command line. One place for each refusal."""

from __future__ import annotations

from datetime import date

from accounts.models import Unit, User
from reporting.measures import gaps
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.reckon import NotOffered, Question, Window

NO_DATA = "There is no data yet: {why}"
NO_DAY = "The {which} day must be a real day, such as 2026-10-31."
YEARS = range(1970, 2101)  # that may be asked for


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
        day = date.fromisoformat(said.strip())
    except ValueError:
        raise NotOffered(NO_DAY.format(which=which)) from None
    if day.year not in YEARS:
        raise NotOffered(NO_DAY.format(which=which))
    return day


def question(
    measure: Measure, window: Window, by: str, user: User | None, unit: Unit | None = None, *, monthly: bool = False
) -> Question:
    """Raises NotOffered for a window that ends before it begins, or what may not be asked. `user` None: the command line, as
    whoever runs the server.
    """
    asked = Question(measure, window, by, unit, monthly)
    who = BREAKDOWNS[by].who if by in BREAKDOWNS else frozenset()
    if user is not None and who and not user.holds(who, unit or Unit.objects.root()):
        raise NotOffered("Figures of single officers are for those who manage them, for their own team.")
    return asked
