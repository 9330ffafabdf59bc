"""Which cases of somebody a reader may see, and which stand open: asked once for a page, and used by all its questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from cases.models import Case, Involvement
from people.services.reading import Reading


@dataclass(frozen=True, slots=True)
class Sight:
    """`open`: ids of the cases whose content may be told now. `shut`: {id: reference} of those that want a reason first:
    that they are there may be known, and in which part; nothing else. A case that is in neither does not exist.
    """

    open: frozenset[int] = frozenset()
    shut: dict[int, str] = field(default_factory=dict)

    @property
    def both(self) -> list[int]:
        return sorted({*self.open, *self.shut})


def sight_of(user: User, *people: int) -> Sight:
    """The cases in which every one of these people (ids) has a part, struck out or not. One query.

    Index: involvement_of_person; the rule is asked of the few cases that it gives.
    """
    cases: Any = Case.objects.read_by(user)
    for person in people:
        cases = cases.filter(pk__in=Involvement.objects.filter(person=person).order_by().values("case"))
    stands_open = Exists(Case.objects.open_to(user).filter(pk=OuterRef("pk")))
    rows = list(cases.annotate(stands_open=stands_open).order_by("pk").values_list("pk", "reference", "stands_open"))
    return Sight(
        frozenset(pk for pk, _, is_open in rows if is_open),
        {pk: reference for pk, reference, is_open in rows if not is_open},
    )


def sight_on(reading: Reading) -> Sight:
    """The same for a look at one person, which asks `reading.once(sight_on)`."""
    return sight_of(reading.user, reading.person.pk)


def seen(reading: Reading) -> Sight:
    """The same, asked once; what is told of its cases is written down with the look."""
    sight = reading.once(sight_on)
    reading.told |= sight.open
    return sight
