"""The four groups of every queue, their counts to 500, and pages by (due moment, id)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Count, Func, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import JSONObject

from accounts.models import User
from cases.rule import among
from workflow.templatetags.words import COUNTED

SOON = timedelta(hours=8)  # before the tour ends; the length of a tour is the force's to set
FEW, MANY = 5, 25  # rows of each group on the first page, and of one group on its own


@dataclass(frozen=True, slots=True)
class Group:
    """One of the four: its key in the address and the style sheet, its name, and what belongs at a moment (UTC)."""

    key: str
    name: str

    def belongs(self, now: datetime) -> Q:
        told = Q(critical_at__isnull=False, critical_at__lte=now)
        soon = now + SOON
        return {
            "critical": told,
            "overdue": Q(due_at__lt=now) & ~told,
            "soon": Q(due_at__gte=now, due_at__lt=soon) & ~told,
            "later": Q(due_at__gte=soon) & ~told,
        }[self.key]


CRITICAL, OVERDUE = Group("critical", "Critically overdue"), Group("overdue", "Overdue")
SOON_GROUP, LATER = Group("soon", "Due soon"), Group("later", "Not due yet")
GROUPS = (CRITICAL, OVERDUE, SOON_GROUP, LATER)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a group begins: after this row. Written in an address as its due moment and id."""

    due_at: datetime
    pk: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for anything that is no place: the page then begins at the beginning."""
        moment, _, pk = text.partition("~")
        try:
            due_at = datetime.fromisoformat(moment)
        except ValueError:
            return None
        known = due_at.tzinfo is not None and pk.isascii() and pk.isdecimal() and len(pk) < 19
        return cls(due_at, int(pk)) if known else None

    def __str__(self) -> str:
        return f"{self.due_at.isoformat()}~{self.pk}"

    def after(self, rows: Any) -> Any:
        return rows.filter(Q(due_at__gt=self.due_at) | Q(due_at=self.due_at, pk__gt=self.pk), due_at__gte=self.due_at)


class Counted(Subquery):
    """How many rows a limited question finds, as one column: a count that never costs more than its limit."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def unit_by_unit(rows: Any, units: Any, most: int) -> Any:
    """The ids of the first rows, in their order, of each of the units, at most so many of each.

    The index of a unit gives its rows by due moment and stops; asked of all units at once, all that they owe is fetched
    and sorted first, which grows with the team.
    """
    here = rows.filter(unit=OuterRef("pk")).values("pk")[:most]
    found = Func(ArraySubquery(here), function="unnest", output_field=BigIntegerField())
    return units.order_by().annotate(found=found).values("found")


def capped(rows: Any, units: Any = None) -> Counted:
    """The count of the rows, exact to 500; one more stands for everything beyond."""
    most, rows = COUNTED + 1, rows.order_by()
    return Counted((rows.values("pk") if units is None else unit_by_unit(rows, units, most))[:most])


TALLIED = 2000  # rows of a queue that are counted clock by clock; of a longer one nothing is


def clock_by_clock(rows: Any, units: Any) -> ArraySubquery:
    """How many of the rows each clock has, as one column: a list of {policy, count}, of one row more than `TALLIED` at most."""
    most = TALLIED + 1
    first = unit_by_unit(rows.order_by(), units, most)[:most]
    found = rows.model.objects.filter(among("id", first)).order_by().values("policy").annotate(count=Count("pk"))
    return ArraySubquery(found.values(said=JSONObject(policy="policy", count="count")))


def tally(said: Sequence[dict[str, Any]]) -> dict[str, int] | None:
    """{policy: count} of that column; None where the queue is longer than is counted."""
    return None if sum(row["count"] for row in said) > TALLIED else {row["policy"]: row["count"] for row in said}


def counts(user: User, questions: Sequence[Any], units: Any = None, **more: Any) -> Any:
    """The question for the capped count of each question and whatever else is asked about the person: one row."""
    columns = {f"count_{n}": capped(rows, units) for n, rows in enumerate(questions)} | more
    return User.objects.filter(pk=user.pk).values(**columns)


def first_of(
    rows: Any, now: datetime, most: int, groups: Sequence[Group] = GROUPS, after: Place | None = None, units: Any = None
) -> list[Any]:
    """The question for the first rows of each group, one more than `most` of each, in the order of the page."""
    found = []
    for group in groups:
        here = rows.filter(group.belongs(now))
        here = after.after(here) if after else here
        if units is not None:
            first = unit_by_unit(here.order_by("due_at", "pk"), units, most + 1)
            here = here.model.objects.filter(among("id", first))
        here = here.annotate(place=Value(GROUPS.index(group), output_field=IntegerField()))
        found.append(here.order_by("due_at", "pk")[: most + 1])
    return found
