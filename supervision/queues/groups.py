"""The four groups of every queue, their counts to 500, and pages by (due moment, id)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.db.models import IntegerField, Q, Subquery, Value

from accounts.models import User
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


def capped(rows: Any) -> Counted:
    """The count of the rows, exact to 500; one more stands for everything beyond."""
    return Counted(rows.order_by().values("pk")[: COUNTED + 1])


def counts(user: User, questions: Sequence[Any], **more: Any) -> tuple[list[int], dict[str, Any]]:
    """The capped count of each question and whatever else is asked about the person, in one statement."""
    columns = {f"count_{n}": capped(rows) for n, rows in enumerate(questions)} | more
    found = User.objects.filter(pk=user.pk).values(**columns).get()
    return [found.pop(f"count_{n}") for n in range(len(questions))], found


def first_of(
    rows: Any, now: datetime, most: int, groups: Sequence[Group] = GROUPS, after: Place | None = None
) -> list[Any]:
    """The question for the first rows of each group, one more than `most` of each, in the order of the page."""
    found = []
    for group in groups:
        here = rows.filter(group.belongs(now))
        here = after.after(here) if after else here
        here = here.annotate(place=Value(GROUPS.index(group), output_field=IntegerField()))
        found.append(here.order_by("due_at", "pk")[: most + 1])
    return found
