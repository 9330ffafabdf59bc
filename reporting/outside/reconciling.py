"""What the CPS and the courts say beside the course of our own cases: ours, theirs, the difference. S3-066."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from accounts.models import Unit, User
from cases.models import CourseEvent
from reporting.models.outside import OutsideKind
from reporting.outside import table
from reporting.outside.cells import after
from reporting.outside.standing import by_month
from workflow.clock import LONDON

K = CourseEvent.Kind
#: What of ours is set beside which figure of theirs. A conviction is no event of its own here, so none is set beside it.
BESIDE: tuple[tuple[str, str], ...] = (
    (table.CHARGED, K.CHARGE), (table.NO_ACTION, K.NO_ACTION), (table.OUT_OF_COURT, K.OUT_OF_COURT),
    (table.COMPLETED, K.VERDICT),
)  # fmt: skip
Ours = dict[tuple[str, date], int]


@dataclass(frozen=True, slots=True)
class Line:
    """One month. `theirs` is None where nobody brought their figure in, and then nothing is said to differ."""

    month: date
    ours: int
    theirs: int | None

    @property
    def difference(self) -> int | None:
        return None if self.theirs is None else self.ours - self.theirs


@dataclass(frozen=True, slots=True)
class Table:
    label: str
    ours: str
    lines: list[Line]

    @property
    def total(self) -> Line:
        """Of the months of which theirs is known, ours too: unlike is not set beside unlike."""
        known = [line for line in self.lines if line.theirs is not None]
        ours = sum(line.ours for line in known)
        return Line(self.lines[0].month, ours, sum(line.theirs or 0 for line in known) if known else None)


def tables(user: User, first: date, months: int, force: Unit) -> list[Table]:
    """Each figure over so many months from the first (a first day). Five queries."""
    end = after(first, months)
    ours = counted(user, first, end)
    days = [after(first, number) for number in range(months)]
    found = []
    for figure, kind in BESIDE:
        theirs = by_month(OutsideKind.PROSECUTION, figure, first, end, force)
        lines = [Line(day, ours.get((kind, day), 0), int(theirs[day].value) if day in theirs else None) for day in days]
        found.append(Table(dict(table.COURT_FIGURES)[figure], str(K(kind).label), lines))
    return found


def counted(user: User, first: date, end: date) -> Ours:
    """{(kind of event, first day of the month in London): people}, each person once a month; of the cases that this person
    may open. An event that names nobody counts as one. Index: course_event_by_day.
    """
    rows = (
        CourseEvent.objects.visible_to(user)
        .standing()
        .filter(kind__in=[kind for _figure, kind in BESIDE], at__gte=midnight(first), at__lt=midnight(end))
    )
    months = rows.annotate(month=TruncMonth("at", tzinfo=LONDON)).order_by().values("kind", "month")
    people = Count("suspect__person", distinct=True)
    nobody = Count("pk", filter=Q(suspect__isnull=True))
    found = months.annotate(people=people, nobody=nobody)
    return {(row["kind"], row["month"].date()): row["people"] + row["nobody"] for row in found}


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)
